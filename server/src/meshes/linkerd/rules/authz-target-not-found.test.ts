import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authzTargetNotFound } from './authz-target-not-found.js';

test('looks in the namespace of the policy, for routes of the Gateway API too', () => {
  check(
    authzTargetNotFound,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: far, namespace: payments }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart }, requiredAuthenticationRefs: [] }
    #                                                                  ^^^^ warning linkerd/authz-target-not-found "No Server "payments/cart" exists in this workspace. It lets nobody in."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: slip, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: crat }, requiredAuthenticationRefs: [] }
    #                                                                  ^^^^ warning linkerd/authz-target-not-found 💡 "No Server "shop/crat" exists ("cart" exists). It lets nobody in."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: wrong-group, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: cart }, requiredAuthenticationRefs: [] }
    #                                                                     ^^^^ warning linkerd/authz-target-not-found "No HTTPRoute "shop/cart" exists in this workspace. It lets nobody in."
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: route, namespace: shop }
    spec: { targetRef: { group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart }, requiredAuthenticationRefs: [] }
    ---
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80 }
    ---
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec: { parentRefs: [{ name: public }] }

  `,
  );
});

test('in the open world, needs some other of the kind', () => {
  check(
    authzTargetNotFound,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: cart }, requiredAuthenticationRefs: [] }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: b, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: ledger }, requiredAuthenticationRefs: [] }
    #                                                                  ^^^^^^ warning linkerd/authz-target-not-found "No Server "shop/ledger" exists in this workspace. It lets nobody in."
    ---
    kind: Server
    metadata: { name: cart, namespace: elsewhere }
    spec: { podSelector: {}, port: 80 }

  `,
    { world: 'open' },
  );
});

test('in the open world, takes a route of the other group for a sign that this one would be here', () => {
  check(
    authzTargetNotFound,
    `
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { group: gateway.networking.k8s.io, kind: HTTPRoute, name: cart }, requiredAuthenticationRefs: [] }
    #                                                                             ^^^^ warning linkerd/authz-target-not-found
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }] }

  `,
    { world: 'open' },
  );
});
