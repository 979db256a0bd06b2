import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { emptyPeerList } from './empty-peer-list.js';

test('reports empty lists of peers', () => {
  check(
    emptyPeerList,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEndpoints: []
    #   ^^^^^^^^^^^^^ warning cilium/empty-peer-list 💡 ""fromEndpoints" is an empty list, which selects nobody. This rule matches nobody."
      - {}
      egress:
      - toCIDR: []
    #   ^^^^^^ warning cilium/empty-peer-list 💡
        toPorts: [{ ports: [{ port: "53" }] }]
      - toEndpoints: [{}]
  `,
  );
});
