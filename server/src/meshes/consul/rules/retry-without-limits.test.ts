import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retryWithoutLimits } from './retry-without-limits.js';

test('conditions without a number, many tries, no timeout', () => {
  check(
    retryWithoutLimits,
    `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - destination:
          retryOnStatusCodes: [503]
    #< info consul/retry-without-limits 💡
      - destination:
          numRetries: 9
    #< info consul/retry-without-limits 💡 "Each request is tried up to 10 times."
          requestTimeout: 5s
      - destination:
          numRetries: 2
    #< info consul/retry-without-limits 💡 "No "requestTimeout" limits the 3 tries together."
      - destination:
          numRetries: 2
          requestTimeout: 2s
          retryOn: [5xx]
    ---
    kind: RouteRetryFilter
    metadata: { name: retry, namespace: shop }
    spec:
      retryOnConnectFailure: true
    #< info consul/retry-without-limits 💡
    ---
    kind: RouteRetryFilter
    metadata: { name: twice, namespace: shop }
    spec:
      numRetries: 2
  `,
  );
});
