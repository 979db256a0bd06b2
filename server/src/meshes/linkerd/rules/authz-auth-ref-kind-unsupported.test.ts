import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzAuthRefKindUnsupported } from './authz-auth-ref-kind-unsupported.js';

test('asks for the group beside the authentications of Linkerd', () => {
  check(
    authzAuthRefKindUnsupported,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      targetRef: { kind: Namespace, name: shop }
      requiredAuthenticationRefs:
      - { kind: NetworkAuthentication, name: a }
    #           ^^^^^^^^^^^^^^^^^^^^^ error linkerd/authz-auth-ref-kind-unsupported 💡 ""NetworkAuthentication" without a group is one of the core group, which has none. The webhook rejects it."
      - { kind: Namespace, name: shop }
    #           ^^^^^^^^^ error linkerd/authz-auth-ref-kind-unsupported "A policy cannot ask for a Namespace; use a MeshTLSAuthentication, a NetworkAuthentication or a ServiceAccount. The webhook rejects it."
      - { group: policy.linkerd.io, kind: ServiceAccount, name: a }
    #            ^^^^^^^^^^^^^^^^^ error linkerd/authz-auth-ref-kind-unsupported 💡 "There is no "ServiceAccount" of group "policy.linkerd.io". The webhook rejects it."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: core, namespace: shop }
    spec: { targetRef: { kind: Namespace, name: shop }, requiredAuthenticationRefs: [{ group: core, kind: ServiceAccount, name: a }] }

  `,
  );
});
