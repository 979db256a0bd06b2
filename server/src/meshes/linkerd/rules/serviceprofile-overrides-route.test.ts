import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceprofileOverridesRoute } from './serviceprofile-overrides-route.js';

test('lets a profile with routes or overrides win', () => {
  check(
    serviceprofileOverridesRoute,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart }] }
    #                                                        ^^^^ warning linkerd/serviceprofile-overrides-route "ServiceProfile "shop/cart.shop.svc.cluster.local" goes before the routes of Service "shop/cart". It is ignored. Write what the profile says as HTTPRoutes and annotations, and delete it; or delete the route."
    ---
    kind: Service
    metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, timeout.linkerd.io/request: 1s } }
    #                                                       ^^^^^^^^^^^^^^^^^^^^^ warning linkerd/serviceprofile-overrides-route "ServiceProfile "shop/cart.shop.svc.cluster.local" goes before the retries and timeouts of this Service. It is ignored. Write what the profile says as HTTPRoutes and annotations, and delete it; or delete the route."
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
    spec: { dstOverrides: [{ authority: "a.shop.svc.cluster.local:80", weight: 1 }] }
    ---
    kind: GRPCRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: empty }] }
    ---
    kind: ServiceProfile
    metadata: { name: empty.shop.svc.cluster.local, namespace: shop }
    spec: { retryBudget: { retryRatio: 0.1, minRetriesPerSecond: 1, ttl: 10s } }

  `,
  );
});
