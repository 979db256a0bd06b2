import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzAuthRefsConflict } from './authz-auth-refs-conflict.js';

test('lets one identity and one network stand together', () => {
  check(
    authzAuthRefsConflict,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: mixed, namespace: shop }
    spec:
      targetRef: { kind: Namespace, name: shop }
      requiredAuthenticationRefs:
      - { kind: ServiceAccount, name: a }
      - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: b }
    #                                                                  ^ error linkerd/authz-auth-refs-conflict "This policy asks for 2 identities at once, and a client has one. The webhook rejects it. List the identities in one MeshTLSAuthentication, where any of them counts, or write a policy for each: a client needs one policy only."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: networks, namespace: shop }
    spec:
      targetRef: { kind: Namespace, name: shop }
      requiredAuthenticationRefs:
      - { group: policy.linkerd.io, kind: NetworkAuthentication, name: a }
      - { group: policy.linkerd.io, kind: NetworkAuthentication, name: b }
    #                                                                  ^ error linkerd/authz-auth-refs-conflict "This policy asks for 2 NetworkAuthentications, and it can have one. The webhook rejects it. List the identities in one MeshTLSAuthentication, where any of them counts, or write a policy for each: a client needs one policy only."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: fine, namespace: shop }
    spec:
      targetRef: { kind: Namespace, name: shop }
      requiredAuthenticationRefs:
      - { kind: ServiceAccount, name: a }
      - { group: policy.linkerd.io, kind: NetworkAuthentication, name: b }

  `,
  );
});
