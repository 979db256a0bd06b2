import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retryWithoutTimeout } from './retry-without-timeout.js';

test('is content with any timeout', () => {
  check(
    retryWithoutTimeout,
    `
    kind: Service
    metadata: { name: a, namespace: shop, annotations: { retry.linkerd.io/http: 5xx } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^ info linkerd/retry-without-timeout 💡 "Requests are tried again, and no timeout ends a try. A try that hangs is never given up, so it is not tried again either."
    ---
    kind: Service
    metadata: { name: b, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, timeout.linkerd.io/request: 1s } }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: c, namespace: shop, annotations: { retry.linkerd.io/http: 5xx } }
    spec: { parentRefs: [{ group: core, kind: Service, name: a }], rules: [{ timeouts: { request: 1s } }] }

  `,
  );
});
