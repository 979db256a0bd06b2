import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { allowAll } from './allow-all.js';

test('tells of rules without bounds', () => {
  check(
    allowAll,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEntities: [all]
    #                  ^^^ info cilium/allow-all
      - fromEntities: [cluster, world]
    #                           ^^^^^ info cilium/allow-all
      - { fromEntities: [all], toPorts: [{ ports: [{ port: "80" }] }] }
      ingressDeny: [{ fromEntities: [all] }]
      egress:
      - toEntities: [world]
      - toEntities: [all]
    #                ^^^ info cilium/allow-all
  `,
  );
});
