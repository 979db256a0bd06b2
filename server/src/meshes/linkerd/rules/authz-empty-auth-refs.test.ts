import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzEmptyAuthRefs } from './authz-empty-auth-refs.js';

test('warns of a list without entries, and not of one that a template fills', () => {
  check(
    authzEmptyAuthRefs,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: open, namespace: shop }
    spec: { targetRef: { kind: Namespace, name: shop }, requiredAuthenticationRefs: [] }
    #                                                                               ^^ warning linkerd/authz-empty-auth-refs 💡 "This policy asks for no authentication. Every client is let in, without an identity and from everywhere."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: absent, namespace: shop }
    spec: { targetRef: { kind: Namespace, name: shop } }

  `,
  );
});
