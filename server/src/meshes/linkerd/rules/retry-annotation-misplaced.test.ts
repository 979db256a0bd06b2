import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retryAnnotationMisplaced } from './retry-annotation-misplaced.js';

test('reads them on Services and on routes of them', () => {
  check(
    retryAnnotationMisplaced,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec: { template: { metadata: { annotations: { retry.linkerd.io/http: 5xx } } } }
    #                                              ^^^^^^^^^^^^^^^^^^^^^ warning linkerd/retry-annotation-misplaced 💡 "retry.linkerd.io/http is read on a Service or a route, not on a pod template. It has no effect here."
    ---
    kind: Namespace
    metadata: { name: shop, annotations: { timeout.linkerd.io/request: 1s } }
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/retry-annotation-misplaced 💡 "timeout.linkerd.io/request is read on a Service or a route, not on a Namespace. It has no effect here."
    ---
    kind: GRPCRoute
    metadata: { name: b, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, retry.linkerd.io/grpc: internal } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^ warning linkerd/retry-annotation-misplaced 💡 "A GRPCRoute reads retry.linkerd.io/grpc, not retry.linkerd.io/http. It has no effect here."
    spec: { parentRefs: [{ group: core, kind: Service, name: cart }] }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: c, namespace: shop, annotations: { retry.linkerd.io/limit: "1" } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/retry-annotation-misplaced 💡 "retry.linkerd.io/limit needs a route that is attached to a Service or an EgressNetwork. It has no effect here."
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop, annotations: { retry.linkerd.io/http: 5xx, retry.linkerd.io/grpc: internal } }

  `,
  );
});

test('a ConfigMap has no calls', () => {
  check(
    retryAnnotationMisplaced,
    `
    kind: ConfigMap
    metadata: { name: a, namespace: shop, annotations: { retry.linkerd.io/limit: "2" } }
    #< warning linkerd/retry-annotation-misplaced 💡
  `,
  );
});
