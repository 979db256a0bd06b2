import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidDuration } from './invalid-duration.js';

test('reports times finer than a millisecond', () => {
  check(
    invalidDuration,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - timeout: 1.0005s
    #            ^^^^^^^ error istio/invalid-duration ""1.0005s" is no time that Istio takes: Istio counts in whole milliseconds."
        retries: { perTryTimeout: 1h1m0.5s }
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      subsets:
      - trafficPolicy: { connectionPool: { tcp: { connectTimeout: 1500us, idleTimeout: 0s } } }
    #                                                             ^^^^^^ error istio/invalid-duration
  `,
  );
});
