import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authPeer } from './auth-peer.js';

test('reports authentication of peers that are no pods', () => {
  check(
    authPeer,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toEntities: [world]
        authentication: { mode: required }
    #                           ^^^^^^^^ warning cilium/auth-peer 💡
      - toFQDNs: [{ matchName: a.example.org }]
        authentication: { mode: required }
    #                           ^^^^^^^^ warning cilium/auth-peer 💡
      - toEntities: [world]
        authentication: { mode: disabled }
      - toEndpoints: [{}]
        authentication: { mode: required }
      - toEntities: [cluster]
        authentication: { mode: required }
  `,
  );
});
