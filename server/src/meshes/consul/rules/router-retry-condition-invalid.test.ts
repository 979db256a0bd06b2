import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routerRetryConditionInvalid } from './router-retry-condition-invalid.js';

test('conditions by their names', () => {
  check(
    routerRetryConditionInvalid,
    `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - destination:
          numRetries: 2
          retryOn:
          - 5xx
          - gateway-eror
    #< error consul/router-retry-condition-invalid 💡
          - sometimes
    #< error consul/router-retry-condition-invalid
  `,
  );
});
