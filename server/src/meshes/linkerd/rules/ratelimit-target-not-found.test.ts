import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ratelimitTargetNotFound } from './ratelimit-target-not-found.js';

test('looks for the Server beside the rate limit', () => {
  check(
    ratelimitTargetNotFound,
    `
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: crat } }
    #                                                                  ^^^^ warning linkerd/ratelimit-target-not-found 💡 "No Server "shop/crat" exists ("cart" exists). It limits nothing."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: b, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart } }
    ---
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80 }

  `,
  );
});
