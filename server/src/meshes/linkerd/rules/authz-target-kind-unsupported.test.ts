import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzTargetKindUnsupported } from './authz-target-kind-unsupported.js';

test('asks for the group of Linkerd beside a Server, and takes kinds in any case', () => {
  check(
    authzTargetKindUnsupported,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: no-group, namespace: shop }
    spec: { targetRef: { kind: Server, name: cart }, requiredAuthenticationRefs: [] }
    #                          ^^^^^^ error linkerd/authz-target-kind-unsupported 💡 ""Server" without a group is one of the core group, which has none. The webhook rejects it."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: deployment, namespace: shop }
    spec: { targetRef: { group: apps, kind: Deployment, name: cart }, requiredAuthenticationRefs: [] }
    #                           ^^^^ error linkerd/authz-target-kind-unsupported "A policy cannot be about a Deployment; use a Server, an HTTPRoute, a GRPCRoute or the Namespace. The webhook rejects it."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: tcp, namespace: shop }
    spec: { targetRef: { group: gateway.networking.k8s.io, kind: TCPRoute, name: cart }, requiredAuthenticationRefs: [] }
    #                           ^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/authz-target-kind-unsupported "A policy cannot be about a TCPRoute; use a Server, an HTTPRoute, a GRPCRoute or the Namespace. The webhook rejects it."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: any-case, namespace: shop }
    spec: { targetRef: { group: Policy.linkerd.io, kind: server, name: cart }, requiredAuthenticationRefs: [] }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: core, namespace: shop }
    spec: { targetRef: { group: core, kind: Namespace, name: shop }, requiredAuthenticationRefs: [] }

  `,
  );
});
