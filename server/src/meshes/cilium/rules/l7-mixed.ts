import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { policyWith } from '../examples.js';
import { allPortRules, l7FieldsOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const l7Mixed = defineRule({
  id: 'cilium/l7-mixed',
  title: 'Rules of two protocols for one port',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `An item of "toPorts" is for one protocol: "http", "dns", "kafka" or the one that "l7proto" names, whose rules are in "l7". Traffic that goes to a listener of an Envoy config is judged there. ${WHY_REJECTED}`,
  remedy: 'Write an item of "toPorts" for each protocol.',
  example: {
    bad: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: /a }], l7: [{ cmd: GET }] } }]',
    ),
    good: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: /a }] } }]',
    ),
  },
  replaces: ['schema/one-of'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const rule of allPortRules(resource)) {
      const fields = l7FieldsOf(rule);
      const types = fields.filter((it) => it.key !== 'l7');
      const l7 = fields.find((it) => it.key === 'l7');
      const listener = rule.node.entry('listener');
      const at = rule.node.entry('rules')?.keyRange;
      if (at === undefined) continue;
      if (types.length > 1)
        yield {
          at: types[1]!.keyRange,
          message: `These rules are of ${quotedList(types.map((it) => it.key))}, and a port takes those of one.`,
        };
      if (l7 && !rule.rules!.partial && !types.some((it) => it.key === 'l7proto'))
        yield { at: types.length === 0 ? at : l7.keyRange, message: '"l7" needs "l7proto", the protocol that its rules are of.' };
      const nameless = rule.node.list('rules.l7.*').flatMap((it) => (it.type === 'map' ? (it.entry('') ?? []) : []))[0];
      if (nameless && !nameless.keyOpaque) yield { at: nameless.keyRange, message: 'A rule of "l7" compares a key without a name.' };
      if (listener && fields.length > 0) yield { at: listener.keyRange, message: 'A listener and rules about requests stand in one item.' };
    }
  },
});
