import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retryAnnotationInvalid } from './retry-annotation-invalid.js';

test('reads what the kind reads, and only warns on Services', () => {
  check(
    retryAnnotationInvalid,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata:
      name: a
      namespace: shop
      annotations: { retry.linkerd.io/http: "5xx, 429", retry.linkerd.io/grpc: nonsense, retry.linkerd.io/limit: "-1", retry.linkerd.io/timeout: 1.5s }
    #                                       ^^^^^^^^^^ error linkerd/retry-annotation-invalid 💡 ""5xx, 429" is no value of retry.linkerd.io/http: it takes 5xx, gateway-error, codes and ranges as 500-504, without blanks. The webhook rejects it."
    #                                                                                                            ^^^^ error linkerd/retry-annotation-invalid ""-1" is no value of retry.linkerd.io/limit: it takes a whole number up to 65535. The webhook rejects it."
    #                                                                                                                                            ^^^^ error linkerd/retry-annotation-invalid 💡 ""1.5s" is no value of retry.linkerd.io/timeout: it takes a whole number with one unit: ms, s, m, h or d. The webhook rejects it."
    spec: { parentRefs: [{ group: core, kind: Service, name: cart }] }
    ---
    kind: Service
    metadata:
      name: cart
      namespace: shop
      annotations: { retry.linkerd.io/http: "600", retry.linkerd.io/grpc: "Cancelled,internal", retry.linkerd.io/limit: "3" }
    #                                       ^^^^^ warning linkerd/retry-annotation-invalid ""600" is no value of retry.linkerd.io/http: it takes 5xx, gateway-error, codes and ranges as 500-504, without blanks. Linkerd drops the setting."
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: inbound, namespace: shop, annotations: { retry.linkerd.io/limit: many } }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }] }

  `,
  );
});
