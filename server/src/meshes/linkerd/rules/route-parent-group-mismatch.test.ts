import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeParentGroupMismatch } from './route-parent-group-mismatch.js';

test('knows which group a parent without one has', () => {
  check(
    routeParentGroupMismatch,
    `
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ kind: Service, name: cart }, { group: "", kind: Service, name: other }, { name: public }] }
    #                            ^^^^^^^ warning linkerd/route-parent-group-mismatch 💡 ""Service" without a group means one of group "gateway.networking.k8s.io", which it is not. The route takes nothing, and its status does not say so."
    ---
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ group: apps, kind: Server, name: cart }] }
    #                             ^^^^ warning linkerd/route-parent-group-mismatch 💡 ""Server" with group "apps" is no kind that Linkerd knows. The route takes nothing, and its status does not say so."
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: c, namespace: shop }
    spec: { parentRefs: [{ kind: Service, name: cart }, { kind: Server, name: cart }] }
    #                            ^^^^^^^ warning linkerd/route-parent-group-mismatch 💡 ""Service" without a group means one of group "policy.linkerd.io", which it is not. The route takes nothing, and its status does not say so."

  `,
    { settings: { mesh: 'linkerd' } },
  );
});

test('leaves Services as parents to other meshes where Linkerd is not at work', () => {
  check(
    routeParentGroupMismatch,
    `
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ kind: Service, name: cart }] }

  `,
  );
});
