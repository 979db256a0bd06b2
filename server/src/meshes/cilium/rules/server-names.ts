import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allPortRules, hasItems, l7FieldsOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const serverNames = defineRule({
  id: 'cilium/server-names',
  title: 'Server names of TLS that cannot be told',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `"serverNames" compares what a TLS handshake asks for. Rules about requests beside it need to look inside of TLS, which "terminatingTLS" allows. An empty name matches nothing. ${WHY_REJECTED}`,
  remedy: 'Add "terminatingTLS", or remove one of the two.',
  example: {
    bad: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: [a.example.org], rules: { http: [{ path: /a }] } }] }]',
    ),
    good: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: [a.example.org] }] }]',
    ),
  },
  replaces: ['schema/pattern', 'schema/out-of-range'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const rule of allPortRules(resource)) {
      const names = rule.node.entry('serverNames');
      if (names?.value.type !== 'list') continue;
      if (names.value.items.length === 0 && !names.value.partial) yield { at: names.keyRange, message: '"serverNames" is an empty list.' };
      for (const name of names.value.items) if (name.text() === '') yield { at: name, message: 'This server name is empty.' };
      if (hasItems(names.value) && l7FieldsOf(rule).length > 0 && !rule.node.has('terminatingTLS'))
        yield { at: names.keyRange, message: '"serverNames" beside rules about requests needs "terminatingTLS".', data: rule.node.start };
    }
  },

  fix({ resource, problem, text }) {
    const node = allPortRules(resource).find((it) => it.node.start === problem.data)?.node;
    return (node ? ['serverNames', 'rules'] : []).flatMap((key) => {
      const edit = node && removeEntry(text, node, key);
      return edit ? [{ title: `Remove "${key}"`, edits: [edit] }] : [];
    });
  },
});
