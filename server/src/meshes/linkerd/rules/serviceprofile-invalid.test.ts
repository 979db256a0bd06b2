import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceprofileInvalid } from './serviceprofile-invalid.js';

test('reads conditions at every level, codes, times and budgets', () => {
  check(
    serviceprofileInvalid,
    `
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
    spec:
      routes:
      - { name: a, condition: {} }
    #                         ^^ error linkerd/serviceprofile-invalid "A condition of a route needs one of all, any, not, method and pathRegex. The webhook rejects it. Write the value as the profile takes it."
      - { name: b, condition: { all: [{ method: GET }, {}] } }
    #                                                  ^^ error linkerd/serviceprofile-invalid "A condition of a route needs one of all, any, not, method and pathRegex. The webhook rejects it. Write the value as the profile takes it."
      - { name: c, condition: { pathRegex: /c }, timeout: 25 s }
    #                                                     ^^^^ error linkerd/serviceprofile-invalid ""25 s" is no duration for "timeout"; it has a unit, as 250ms or 1m30s. The webhook rejects it. Write the value as the profile takes it."
      - name: d
        condition: { pathRegex: /d }
        responseClasses:
        - condition: { status: { min: 500, max: 499 } }
    #                                           ^^^ error linkerd/serviceprofile-invalid "The range of codes ends at 499, before it begins at 500. The webhook rejects it. Write the value as the profile takes it."
        - condition: { status: { min: 99 } }
    #                                 ^^ error linkerd/serviceprofile-invalid "99 is no code of a response; they lie between 100 and 599. The webhook rejects it. Write the value as the profile takes it."
        - condition: { any: [] }
    #     ^^^^^^^^^ error linkerd/serviceprofile-invalid "A condition of responses needs one of all, any, not and status. The webhook rejects it. Write the value as the profile takes it."
        - condition: { not: { status: { min: 200, max: 299 } } }
      retryBudget: { retryRatio: -1, minRetriesPerSecond: 1, ttl: "10" }
    #                            ^^ error linkerd/serviceprofile-invalid "The ratio of retries cannot be negative. The webhook rejects it. Write the value as the profile takes it."
    #                                                             ^^^^ error linkerd/serviceprofile-invalid ""10" is no duration for "ttl"; it has a unit, as 250ms or 1m30s. The webhook rejects it. Write the value as the profile takes it."
    ---
    kind: ServiceProfile
    metadata: { name: ok.shop.svc.cluster.local, namespace: shop }
    spec:
      routes: [{ name: a, condition: { all: [{ method: GET }, { pathRegex: /a }] }, timeout: 1m30s, responseClasses: [{ condition: { status: { min: 500 } }, isFailure: true }] }]

  `,
  );
});
