import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { timeoutAnnotationInvalid } from './timeout-annotation-invalid.js';

test('takes one whole number with one unit', () => {
  check(
    timeoutAnnotationInvalid,
    `
    kind: Service
    metadata:
      name: cart
      namespace: shop
      annotations: { timeout.linkerd.io/request: 1m30s, timeout.linkerd.io/response: "10", timeout.linkerd.io/idle: " 1d " }
    #                                            ^^^^^ warning linkerd/timeout-annotation-invalid 💡 ""1m30s" is no value of timeout.linkerd.io/request: it takes a whole number with one unit: ms, s, m, h or d. Linkerd drops the setting."
    #                                                                                ^^^^ warning linkerd/timeout-annotation-invalid 💡 ""10" is no value of timeout.linkerd.io/response: it takes a whole number with one unit: ms, s, m, h or d. Linkerd drops the setting."
    ---
    kind: Service
    metadata: { name: zero, namespace: shop, annotations: { timeout.linkerd.io/request: "0", timeout.linkerd.io/idle: "-1s" } }
    #                                                                                                                 ^^^^^ warning linkerd/timeout-annotation-invalid ""-1s" is no value of timeout.linkerd.io/idle: it takes a whole number with one unit: ms, s, m, h or d. Linkerd drops the setting."
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop, annotations: { timeout.linkerd.io/request: 1.5s } }
    #                                                                                ^^^^ error linkerd/timeout-annotation-invalid 💡 ""1.5s" is no value of timeout.linkerd.io/request: it takes a whole number with one unit: ms, s, m, h or d. The webhook rejects it."
    spec: { parentRefs: [{ group: core, kind: Service, name: cart }] }

  `,
  );
});
