import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzNamespaceMismatch } from './authz-namespace-mismatch.js';

test('compares the namespace with that of the policy, where it has one', () => {
  check(
    authzNamespaceMismatch,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: foreign, namespace: shop }
    spec: { targetRef: { kind: Namespace, name: payments }, requiredAuthenticationRefs: [] }
    #                                           ^^^^^^^^ error linkerd/authz-namespace-mismatch 💡 "This policy is in "shop" and about Namespace "payments"; it can be about its own only. The webhook rejects it."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: unknown }
    spec: { targetRef: { kind: Namespace, name: payments }, requiredAuthenticationRefs: [] }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: own, namespace: shop }
    spec: { targetRef: { kind: Namespace, name: shop }, requiredAuthenticationRefs: [] }

  `,
  );
});
