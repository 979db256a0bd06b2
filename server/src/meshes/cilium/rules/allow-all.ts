import { defineRule } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allEntries, hasItems, POLICY_KINDS } from '../policy.js';

const WORLD = ['world', 'world-ipv4', 'world-ipv6'];

export const allowAll = defineRule({
  id: 'cilium/allow-all',
  title: 'Rule that allows everybody on every port',
  severity: 'info',
  category: 'policy',
  effect: 'Other rules for this direction have no effect.',
  why: 'Rules add up, so that one that allows everybody makes the others needless. "all" is everybody in the cluster and outside; "world" is everybody outside.',
  remedy: 'Name the peers, or the ports that are open to all.',
  example: {
    bad: policyWith('  ingress: [{ fromEntities: [all] }]'),
    good: policyWith('  ingress: [{ fromEntities: [world], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }]'),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node, direction, isDeny } of allEntries(resource)) {
      if (isDeny || hasItems(node.get('toPorts')) || hasItems(node.get('icmps'))) continue;
      for (const at of node.list(direction === 'ingress' ? 'fromEntities.*' : 'toEntities.*')) {
        const entity = at.text() ?? '';
        if (entity === 'all') yield { at, message: `This rule allows everybody, ${direction === 'ingress' ? 'in' : 'out'} on every port.` };
        else if (WORLD.includes(entity) && direction === 'ingress')
          yield {
            at,
            message: 'This rule allows everybody outside of the cluster, in on every port.',
            effect: 'The pods are open to the Internet.',
          };
      }
    }
  },
});
