import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allPortRules, l7FieldsOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const l7Protocol = defineRule({
  id: 'cilium/l7-protocol',
  title: 'Rule about requests on a port that is not TCP alone',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `Rules about requests are carried out by Envoy, which takes connections of TCP. A port without "protocol" means any protocol, so that TCP has to be written out; DNS rules are the exception. ${WHY_REJECTED}`,
  remedy: 'Write "protocol: TCP".',
  example: {
    bad: policyWith(
      '  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], toPorts: [{ ports: [{ port: "80" }], rules: { http: [{ method: GET }] } }] }]',
    ),
    good: policyWith(
      '  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const rule of allPortRules(resource)) {
      const fields = l7FieldsOf(rule).map((it) => it.key);
      if (fields.length === 0 || fields.includes('dns')) continue;
      for (const port of rule.node.list('ports.*')) {
        if (port.type !== 'map' || port.partial) continue;
        const protocol = port.get('protocol');
        const written = protocol?.text();
        if (protocol !== undefined && (written === undefined || written === 'TCP')) continue;
        const says = protocol === undefined ? 'has no protocol, which means any' : `is ${written === 'ANY' ? 'for any protocol' : written}`;
        yield {
          at: protocol ?? port.get('port') ?? port,
          message: `Port ${port.text('port') ?? ''} ${says}, and rules of "${fields[0]}" need TCP.`.replace('  ', ' '),
          data: port.start,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const port = allPortRules(resource)
      .flatMap((it) => it.node.list('ports.*'))
      .find((it) => it.start === problem.data);
    if (port?.type !== 'map') return [];
    const protocol = port.get('protocol');
    const edit = protocol ? replaceValue(text, protocol, 'TCP') : insertEntry(text, port, 'protocol', 'TCP', 'port');
    return [{ title: 'Set protocol: TCP', preferred: protocol?.text() !== 'UDP' && protocol?.text() !== 'SCTP', edits: [edit] }];
  },
});
