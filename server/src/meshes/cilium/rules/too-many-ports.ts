import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const MOST = 40;

export const tooManyPorts = defineRule({
  id: 'cilium/too-many-ports',
  title: 'More than 40 ports, or kinds of ICMP, in one item',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `An item of "toPorts" takes 40 ports at most, and one of "icmps" 40 fields. ${WHY_REJECTED}`,
  remedy: 'Write several items, or a range with "endPort".',
  example: {
    bad: policyWith(`  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [${ports(41)}] }] }]`),
    good: policyWith(`  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "8001", endPort: 8041, protocol: TCP }] }] }]`),
  },
  replaces: ['schema/out-of-range'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node } of allEntries(resource)) {
      for (const [lists, what] of [
        [node.list('toPorts.*.ports'), 'ports'],
        [node.list('icmps.*.fields'), 'fields'],
      ] as const) {
        for (const list of lists) {
          const extra = itemsOf(list)[MOST];
          if (extra) yield { at: extra, message: `"${what}" takes at most ${MOST} items; this has ${itemsOf(list).length}.` };
        }
      }
    }
  },
});

function itemsOf(node: YamlNode): readonly YamlNode[] {
  return node.type === 'list' ? node.items : [];
}

function ports(count: number): string {
  return Array.from({ length: count }, (_, i) => `{ port: "${8001 + i}", protocol: TCP }`).join(', ');
}
