import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBackendKindInvalid } from './route-backend-kind-invalid.js';

test('sends to Services, and to the EgressNetwork that the route is attached to', () => {
  check(
    routeBackendKindInvalid,
    `
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 80 }]
      rules:
      - backendRefs:
        - { group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 80 }
        - { group: policy.linkerd.io, kind: EgressNetwork, name: other, port: 80 }
    #                                                            ^^^^^ warning linkerd/route-backend-kind-invalid "This route is not attached to EgressNetwork "other", so it cannot send requests there. Its share of the requests fails. Name a Service, or the EgressNetwork that the route is attached to."
        - { kind: ConfigMap, name: cart }
    #             ^^^^^^^^^ warning linkerd/route-backend-kind-invalid "Linkerd sends no requests to a ConfigMap. Its share of the requests fails. Name a Service, or the EgressNetwork that the route is attached to."
        - { name: cart, port: 80 }
    ---
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ group: x.io, kind: Pool, name: cart }] }] }

  `,
  );
});
