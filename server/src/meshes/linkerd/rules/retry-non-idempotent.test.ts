import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retryNonIdempotent } from './retry-non-idempotent.js';

test('warns of writes that are tried again', () => {
  check(
    retryNonIdempotent,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop, annotations: { retry.linkerd.io/limit: "2" } }
    spec: { rules: [{ matches: [{ method: GET }, { method: PATCH }] }] }
    #                                                      ^^^^^ warning linkerd/retry-non-idempotent "PATCH requests of this route are tried again after a failure. What such a request does may be done twice. Retry requests that can be repeated only, and put the others into a route without retries."
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: b, namespace: shop, annotations: { retry.linkerd.io/limit: "0" } }
    spec: { rules: [{ matches: [{ method: POST }] }] }
    ---
    kind: ServiceProfile
    metadata: { name: a.shop.svc.cluster.local, namespace: shop }
    spec: { routes: [{ name: a, condition: { method: POST }, isRetryable: true }, { name: b, condition: { method: POST } }] }
    #                                                ^^^^ warning linkerd/retry-non-idempotent "POST requests of this profile are tried again after a failure. What such a request does may be done twice. Retry requests that can be repeated only, and put the others into a route without retries."

  `,
  );
});
