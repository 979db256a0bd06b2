import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';

test('a workload of a strict mesh needs its sidecar, what is outside does not', () => {
  check(
    strictMtlsWithoutInjection,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/mesh: default } }
    ---
    kind: Namespace
    metadata: { name: legacy }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    #                 ^^^^ warning kuma/strict-mtls-without-injection
    spec: { template: { metadata: { labels: { app: cart } } } }
    ---
    kind: Deployment
    metadata: { name: old, namespace: legacy }
    spec: { template: { metadata: { labels: { app: old } } } }
  `,
  );
});

test('a permissive mesh takes plaintext', () => {
  check(
    strictMtlsWithoutInjection,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin, mode: PERMISSIVE }] } }
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/mesh: default } }
    ---
    kind: Namespace
    metadata: { name: legacy }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }
    ---
    kind: Deployment
    metadata: { name: old, namespace: legacy }
    spec: { template: { metadata: { labels: { app: old } } } }
  `,
  );
});

test('a MeshTLS for the whole mesh goes before the Mesh', () => {
  check(
    strictMtlsWithoutInjection,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/mesh: default } }
    ---
    kind: Namespace
    metadata: { name: legacy }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }
    ---
    kind: Deployment
    metadata: { name: old, namespace: legacy }
    spec: { template: { metadata: { labels: { app: old } } } }
    ---
    kind: MeshTLS
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      rules: [{ default: { mode: Permissive } }]
  `,
  );
});
