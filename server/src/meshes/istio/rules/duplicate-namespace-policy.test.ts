import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { duplicateNamespacePolicy } from './duplicate-namespace-policy.js';

test('reports each of several policies for a namespace', () => {
  check(
    duplicateNamespacePolicy,
    `
    kind: PeerAuthentication
    metadata: { name: first, namespace: shop }
    spec: { mtls: { mode: STRICT } }
    #< error istio/duplicate-namespace-policy ""second" is a PeerAuthentication for all of "shop" as well. Only the oldest one is used."
    ---
    kind: PeerAuthentication
    metadata: { name: second, namespace: shop }
    spec: { selector: {} }
    #       ^^^^^^^^ error istio/duplicate-namespace-policy
    ---
    kind: Sidecar
    metadata: { name: third, namespace: shop }
    #                 ^^^^^ error istio/duplicate-namespace-policy
    ---
    kind: Sidecar
    metadata: { name: fourth, namespace: shop }
    #                 ^^^^^^ error istio/duplicate-namespace-policy
    `,
    { world: 'open' },
  );
});

test('other namespaces, selectors and targets do not collide', () => {
  check(
    duplicateNamespacePolicy,
    `
    kind: Telemetry
    metadata: { name: first, namespace: shop }
    spec: {}
    ---
    kind: Telemetry
    metadata: { name: second, namespace: payments }
    spec: {}
    ---
    kind: Telemetry
    metadata: { name: third, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } } }
    ---
    kind: Telemetry
    metadata: { name: fourth, namespace: shop }
    spec: { targetRefs: [{ kind: Gateway, name: public }] }
    ---
    kind: Sidecar
    metadata: { name: first, namespace: mesh }
    ---
    kind: Sidecar
    metadata: { name: second, namespace: mesh }
    ---
    kind: Namespace
    metadata: { name: mesh, labels: { istio.io/dataplane-mode: ambient } }
    `,
  );
});
