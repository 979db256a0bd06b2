import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzAuthRefNotFound } from './authz-auth-ref-not-found.js';

test('looks where the reference says', () => {
  check(
    authzAuthRefNotFound,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      targetRef: { kind: Namespace, name: shop }
      requiredAuthenticationRefs:
      - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }
    #                                                                  ^^^^^^^ warning linkerd/authz-auth-ref-not-found "No MeshTLSAuthentication "shop/callers" exists in this workspace. The whole policy is ignored, so it lets nobody in."
      - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers, namespace: payments }
      - { group: policy.linkerd.io, kind: NetworkAuthentication, name: nodes }
    #                                                                  ^^^^^ warning linkerd/authz-auth-ref-not-found 💡 "No NetworkAuthentication "shop/nodes" exists ("node" exists). The whole policy is ignored, so it lets nobody in."
      - { kind: ServiceAccount, name: nobody }
    ---
    kind: MeshTLSAuthentication
    metadata: { name: callers, namespace: payments }
    spec: { identities: ["*"] }
    ---
    kind: NetworkAuthentication
    metadata: { name: node, namespace: shop }
    spec: { networks: [{ cidr: 10.0.0.0/8 }] }

  `,
  );
});

test('in the open world, needs another one of the kind', () => {
  check(
    authzAuthRefNotFound,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      targetRef: { kind: Namespace, name: shop }
      requiredAuthenticationRefs:
      - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }
    #                                                                  ^^^^^^^ warning linkerd/authz-auth-ref-not-found "No MeshTLSAuthentication "shop/callers" exists in this workspace. The whole policy is ignored, so it lets nobody in."
      - { group: policy.linkerd.io, kind: NetworkAuthentication, name: nodes }
    ---
    kind: MeshTLSAuthentication
    metadata: { name: others, namespace: payments }
    spec: { identities: ["*"] }

  `,
    { world: 'open' },
  );
});
