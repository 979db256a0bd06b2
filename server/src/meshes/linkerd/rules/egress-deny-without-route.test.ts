import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { egressDenyWithoutRoute } from './egress-deny-without-route.js';

test('is content with a route', () => {
  check(
    egressDenyWithoutRoute,
    `
    kind: EgressNetwork
    metadata: { name: closed, namespace: shop }
    spec: { trafficPolicy: Deny }
    #                      ^^^^ info linkerd/egress-deny-without-route 💡 "No route in this workspace is attached to EgressNetwork "closed". Nothing that it captures leaves the cluster."
    ---
    kind: EgressNetwork
    metadata: { name: routed, namespace: shop }
    spec: { trafficPolicy: Deny }
    ---
    kind: TLSRoute
    metadata: { name: routed, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: routed, port: 443 }] }

  `,
  );
});
