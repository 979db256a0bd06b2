import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { mtlsWithoutPermission } from './mtls-without-permission.js';

test('with mTLS somebody has to be permitted something', () => {
  check(
    mtlsWithoutPermission,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
    #                               ^^^^ warning kuma/mtls-without-permission
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: open }
  `,
  );
});

test('a MeshIdentity turns mTLS on where it selects proxies', () => {
  check(
    mtlsWithoutPermission,
    `
    kind: MeshIdentity
    metadata: { name: id, namespace: kuma-system, labels: { kuma.io/mesh: a } }
    #                 ^^ warning kuma/mtls-without-permission
    spec: { selector: { dataplane: {} } }
    ---
    kind: MeshIdentity
    metadata: { name: id, namespace: kuma-system, labels: { kuma.io/mesh: b } }
    spec: { provider: { type: Spire } }
  `,
  );
});

test('an open world may hold the permission', () => {
  check(
    mtlsWithoutPermission,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
    #                               ^^^^ info kuma/mtls-without-permission
  `,
    { world: 'open' },
  );
});
