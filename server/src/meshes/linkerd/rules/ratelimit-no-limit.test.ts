import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ratelimitNoLimit } from './ratelimit-no-limit.js';

test('wants some rate', () => {
  check(
    ratelimitNoLimit,
    `
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart } }
    #< info linkerd/ratelimit-no-limit 💡 "This sets no rate: neither "total" nor "identity" nor "overrides". It limits nothing."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: b, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart }, identity: { requestsPerSecond: 10 } }

  `,
  );
});
