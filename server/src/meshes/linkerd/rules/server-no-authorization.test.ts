import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverNoAuthorization } from './server-no-authorization.js';

test('is content with a policy about the Server, its routes or its namespace', () => {
  check(
    serverNoAuthorization,
    `
    kind: Server
    metadata: { name: closed, namespace: shop }
    #                 ^^^^^^ warning linkerd/server-no-authorization 💡 "Nothing in this workspace authorizes a client of Server "shop/closed". It refuses everyone."
    spec: { podSelector: {}, port: 80 }
    ---
    kind: Server
    metadata: { name: audited, namespace: shop }
    spec: { podSelector: {}, port: 81, accessPolicy: audit }
    ---
    kind: Server
    metadata: { name: named, namespace: shop }
    spec: { podSelector: {}, port: 82 }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: named, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: server, name: named }, requiredAuthenticationRefs: [{ kind: ServiceAccount, name: a }] }
    ---
    kind: Server
    metadata: { name: routed, namespace: shop }
    spec: { podSelector: {}, port: 83 }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: routed, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: routed }] }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: routed, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: routed }, requiredAuthenticationRefs: [{ kind: ServiceAccount, name: a }] }
    ---
    kind: Server
    metadata: { name: labelled, namespace: shop, labels: { tier: db } }
    spec: { podSelector: {}, port: 84, accessPolicy: deny }
    ---
    kind: ServerAuthorization
    metadata: { name: labelled, namespace: shop }
    spec: { server: { selector: { matchLabels: { tier: db } } }, client: { unauthenticated: true } }

  `,
  );
});

test('is content with a policy about the namespace', () => {
  check(
    serverNoAuthorization,
    `
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80 }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: all, namespace: shop }
    spec: { targetRef: { kind: Namespace, name: shop }, requiredAuthenticationRefs: [{ kind: ServiceAccount, name: a }] }

  `,
  );
});
