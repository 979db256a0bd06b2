import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allPortRules, hasItems, l7FieldsOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const l7Port = defineRule({
  id: 'cilium/l7-port',
  title: 'Rule about requests without a port that it could be for',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `Traffic is led to a proxy by its port, so that a rule about requests needs one: not 0, which means all, and for DNS a single one, mostly 53. ${WHY_REJECTED}`,
  remedy: 'Write the port that the requests go to.',
  example: {
    bad: policyWith(
      '  egress:\n  - toEndpoints: [{ matchLabels: { app: dns } }]\n    toPorts: [{ rules: { dns: [{ matchPattern: "*" }] } }]',
    ),
    good: policyWith(
      '  egress:\n  - toEndpoints: [{ matchLabels: { app: dns } }]\n    toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const rule of allPortRules(resource)) {
      const fields = l7FieldsOf(rule);
      if (fields.length === 0) continue;
      const dns = fields.find((it) => it.key === 'dns');
      if (dns && !rule.node.partial && !hasItems(rule.node.get('ports')))
        yield { at: dns.keyRange, message: 'These DNS rules have no port; names are asked for on port 53.', data: rule.node.start };
      for (const port of rule.node.list('ports.*')) {
        const at = port.get('port');
        if (at && /^0+$/.test(at.text() ?? ''))
          yield { at, message: `Port 0 means every port, and rules of "${fields[0]!.key}" need one of their own.` };
        const [end, first] = [port.number('endPort'), Number(at?.text())];
        if (dns && port.type === 'map' && end !== undefined && end > first)
          yield { at: port.get('endPort')!, message: `DNS rules take single ports, not ${first} to ${end}.`, data: port.start };
      }
    }
  },

  fix({ resource, problem, text }) {
    for (const { node } of allPortRules(resource)) {
      if (node.start === problem.data && !hasItems(node.get('ports'))) {
        const removal = node.entry('ports') && removeEntry(text, node, 'ports');
        return removal
          ? []
          : [{ title: 'Add port 53', preferred: true, edits: [insertEntry(text, node, 'ports', '- port: "53"\n  protocol: ANY')] }];
      }
      const port = node.list('ports.*').find((it) => it.start === problem.data);
      const removal = port?.type === 'map' ? removeEntry(text, port, 'endPort') : undefined;
      if (removal) return [{ title: 'Remove "endPort"', edits: [removal] }];
    }
    return [];
  },
});
