import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ratelimitInvalid } from './ratelimit-invalid.js';

test('wants a Server, rates above 0 and clients that are accounts', () => {
  check(
    ratelimitInvalid,
    `
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { kind: Server, name: cart }, total: { requestsPerSecond: 0 } }
    #                                        ^^^^ error linkerd/ratelimit-invalid 💡 "A Server is of group "policy.linkerd.io", which is missing here. The webhook rejects it."
    #                                                                            ^ error linkerd/ratelimit-invalid "A rate is above 0, not 0. The webhook rejects it."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: b, namespace: shop }
    spec:
      targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: cart }
    #                                              ^^^^^^^^^ error linkerd/ratelimit-invalid "A rate limit is about a Server, not about kind HTTPRoute. The webhook rejects it."
      total: { requestsPerSecond: 10 }
      identity: { requestsPerSecond: 20 }
    #                                ^^ error linkerd/ratelimit-invalid "20 requests per second of one client are more than 10 of all. The webhook rejects it."
      overrides: [{ requestsPerSecond: 11, clientRefs: [{ kind: Namespace, name: shop }] }]
    #                                  ^^ error linkerd/ratelimit-invalid "11 requests per second of one client are more than 10 of all. The webhook rejects it."
    #                                                           ^^^^^^^^^ error linkerd/ratelimit-invalid "A client is a ServiceAccount, not a Namespace. The webhook rejects it."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: c, namespace: shop }
    spec:
      targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
      total: { requestsPerSecond: 10 }
      identity: { requestsPerSecond: 10 }
      overrides: [{ requestsPerSecond: 10, clientRefs: [{ kind: ServiceAccount, name: web }] }]

  `,
  );
});
