import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { rateLimitsInvalid } from './rate-limits-invalid.js';

test('rates, bursts and paths', () => {
  check(
    rateLimitsInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: a, namespace: shop }
    spec:
      rateLimits:
        instanceLevel:
          requestsMaxBurst: 5
    #< error consul/rate-limits-invalid
    ---
    kind: ServiceDefaults
    metadata: { name: b, namespace: shop }
    spec:
      rateLimits:
        instanceLevel:
          requestsPerSecond: -1
    #< error consul/rate-limits-invalid
    ---
    kind: ServiceDefaults
    metadata: { name: c, namespace: shop }
    spec:
      rateLimits:
        instanceLevel:
          requestsPerSecond: 1
          routes:
          - pathExact: /a
            pathRegex: /b
    #< error consul/rate-limits-invalid
            requestsPerSecond: 1
          - pathExact: /c
            requestsPerSecond: 0
    #< error consul/rate-limits-invalid
          - requestsPerSecond: 2
    #< error consul/rate-limits-invalid
    ---
    kind: ServiceDefaults
    metadata: { name: d, namespace: shop }
    spec:
      rateLimits:
        instanceLevel: {}
    #< error consul/rate-limits-invalid
    ---
    kind: ServiceDefaults
    metadata: { name: e, namespace: shop }
    spec:
      rateLimits:
        instanceLevel:
          routes:
          - pathPrefix: /a
            requestsPerSecond: 1
  `,
  );
});
