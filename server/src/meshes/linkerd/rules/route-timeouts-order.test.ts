import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeTimeoutsOrder } from './route-timeouts-order.js';

test('keeps a try within its request', () => {
  check(
    routeTimeoutsOrder,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      rules:
      - timeouts: { request: 1s, backendRequest: 1500ms }
    #                                            ^^^^^^ error linkerd/route-timeouts-order 💡 "A try of 1500ms is longer than the whole request of 1s. The webhook rejects it."
      - timeouts: { request: 1s, backendRequest: 1s }
      - timeouts: { backendRequest: 5s }
      - timeouts: { request: "-1s" }
    #                        ^^^^^ error linkerd/route-timeouts-order "A timeout cannot be negative. The webhook rejects it."

  `,
  );
});
