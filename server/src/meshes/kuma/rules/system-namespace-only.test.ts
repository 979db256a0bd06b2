import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { systemNamespaceOnly } from './system-namespace-only.js';

test('external services belong to the system namespace, MeshServices anywhere', () => {
  check(
    systemNamespaceOnly,
    `
    kind: MeshExternalService
    metadata: { name: ext, namespace: shop }
    #                                 ^^^^ error kuma/system-namespace-only
    ---
    kind: MeshExternalService
    metadata: { name: ext }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: cart, namespace: shop }
  `,
  );
});

test('settings name the system namespace', () => {
  check(
    systemNamespaceOnly,
    `
    kind: MeshTrust
    metadata: { name: a, namespace: mesh }
  `,
    { settings: { kuma: { systemNamespace: 'mesh' } } },
  );
});

test('a global control plane takes everything there', () => {
  check(
    systemNamespaceOnly,
    `
    kind: MeshTimeout
    metadata: { name: a, namespace: shop }
    #                               ^^^^ error kuma/system-namespace-only
  `,
    { settings: { kuma: { mode: 'global' } } },
  );
});

test('moves it', () => {
  checkFix(
    systemNamespaceOnly,
    `
    kind: MeshTrust
    metadata: { name: a, namespace: sh$0op }
  `,
    'Change to "kuma-system"',
    `
    kind: MeshTrust
    metadata: { name: a, namespace: kuma-system }
  `,
  );
});
