import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ratelimitDuplicate } from './ratelimit-duplicate.js';

test('lets the first by name have the Server', () => {
  check(
    ratelimitDuplicate,
    `
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: b, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart } }
    #                                                                  ^^^^ warning linkerd/ratelimit-duplicate ""shop/a" limits Server "cart" already. Only the older one holds. Put the limits into one of them."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart } }
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: c, namespace: payments }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart } }

  `,
  );
});
