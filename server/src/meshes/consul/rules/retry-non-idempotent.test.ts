import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retryNonIdempotent } from './retry-non-idempotent.js';

test('retries of POST and PATCH', () => {
  check(
    retryNonIdempotent,
    `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - match: { http: { methods: [GET, post] } }
        destination:
    #< warning consul/retry-non-idempotent
          numRetries: 1
      - match: { http: { methods: [PATCH] } }
        destination:
    #< warning consul/retry-non-idempotent
          retryOnStatusCodes: [503]
      - match: { http: { methods: [POST] } }
        destination: { service: web }
      - match: { http: { pathPrefix: / } }
        destination: { numRetries: 1 }
  `,
  );
});
