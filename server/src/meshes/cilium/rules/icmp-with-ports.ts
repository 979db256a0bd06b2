import { defineRule } from '../../../rules/rule.js';
import { splitEntry } from '../edits.js';
import { policyWith } from '../examples.js';
import { allEntries, hasItems, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const icmpWithPorts = defineRule({
  id: 'cilium/icmp-with-ports',
  title: 'ICMP and ports in one rule',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `ICMP has no ports, so that a rule is about the one or the other. ${WHY_REJECTED}`,
  remedy: 'Write an item for each.',
  example: {
    bad: policyWith(
      '  ingress:\n  - fromEntities: [cluster]\n    icmps: [{ fields: [{ type: 8 }] }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }] }]',
    ),
    good: policyWith(
      '  ingress:\n  - fromEntities: [cluster]\n    icmps: [{ fields: [{ type: 8 }] }]\n  - fromEntities: [cluster]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node } of allEntries(resource)) {
      const [icmps, ports] = [node.entry('icmps'), node.entry('toPorts')];
      if (!icmps || !ports || !hasItems(icmps.value) || !hasItems(ports.value)) continue;
      yield {
        at: icmps.keyRange,
        message: '"icmps" and "toPorts" stand in one rule, which takes one of them.',
        related: [{ at: ports.keyRange, message: '"toPorts" is here' }],
      };
    }
  },

  fix({ resource, problem, text }) {
    const entry = allEntries(resource).find(({ node }) => node.entry('icmps')?.keyRange.start === problem.at.start);
    const others = entry?.node.entries.map((it) => it.key).filter((it) => it !== 'icmps' && it !== 'toPorts') ?? [];
    const edits = entry && splitEntry(text, entry, 'icmps', others);
    return edits ? [{ title: 'Move "icmps" to a rule of its own', preferred: true, edits }] : [];
  },
});
