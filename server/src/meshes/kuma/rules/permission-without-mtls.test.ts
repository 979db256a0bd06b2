import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { permissionWithoutMtls } from './permission-without-mtls.js';

test('nobody enforces permissions without mTLS', () => {
  check(
    permissionWithoutMtls,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    ---
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    #                 ^^^^ warning kuma/permission-without-mtls
    spec:
      rules: []
    ---
    kind: MeshTrafficPermission
    metadata: { name: other, namespace: kuma-system, labels: { kuma.io/mesh: other } }
    spec:
      rules: []
  `,
  );
});
