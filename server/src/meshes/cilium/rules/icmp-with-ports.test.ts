import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { icmpWithPorts } from './icmp-with-ports.js';

test('reports ICMP beside ports, not in a rule of its own', () => {
  check(
    icmpWithPorts,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - icmps: [{ fields: [{ type: 8 }] }]
    #   ^^^^^ error cilium/icmp-with-ports 💡
        toPorts: [{ ports: [{ port: "80" }] }]
      - icmps: [{ fields: [{ type: 8 }] }]
  `,
  );
});

test('offers to split the rule', () => {
  checkFix(
    icmpWithPorts,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEntities: [cluster]
        icmps: [{ fields: [{ type: 8 }] }]
        toPorts: [{ ports: [{ port: "80" }] }]
  `,
    'Move "icmps" to a rule of its own',
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEntities: [cluster]
        toPorts: [{ ports: [{ port: "80" }] }]
      - fromEntities: [cluster]
        icmps: [{ fields: [{ type: 8 }] }]
  `,
  );
});
