import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidPercentage } from './invalid-percentage.js';

test('reports shares outside of 0 to 100', () => {
  check(
    invalidPercentage,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - fault: { abort: { httpStatus: 500, percentage: { value: 101 } }, delay: { fixedDelay: 1s, percentage: { value: 0.00001 } } }
    #                                                           ^^^ error istio/invalid-percentage "101 is no share of requests; they are 0 to 100 percent."
    #                                                                                                                  ^^^^^^^ error istio/invalid-percentage
        mirrors: [{ percentage: { value: 200 } }, { percentage: { value: 0 } }]
    #                                    ^^^ error istio/invalid-percentage
      - mirrorPercentage: { value: -1 }
    #                              ^^ error istio/invalid-percentage
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        outlierDetection: { maxEjectionPercent: 101, minHealthPercent: 100 }
    #                                           ^^^ error istio/invalid-percentage "101 is no share of endpoints; they are 0 to 100 percent."
  `,
  );
});
