import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceprofileRetryWithoutBudget } from './serviceprofile-retry-without-budget.js';

test('asks for a budget where something is tried again', () => {
  check(
    serviceprofileRetryWithoutBudget,
    `
    kind: ServiceProfile
    metadata: { name: a.shop.svc.cluster.local, namespace: shop }
    spec: { routes: [{ name: a, condition: { method: GET }, isRetryable: true }] }
    #                                                                    ^^^^ info linkerd/serviceprofile-retry-without-budget 💡 "Requests of this route are tried again, and the profile has no retryBudget. The default budget holds: a fifth more requests, and 10 more each second."
    ---
    kind: ServiceProfile
    metadata: { name: b.shop.svc.cluster.local, namespace: shop }
    spec: { routes: [{ name: a, condition: { method: GET }, isRetryable: false }] }

  `,
  );
});
