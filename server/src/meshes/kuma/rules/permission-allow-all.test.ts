import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { permissionAllowAll } from './permission-allow-all.js';

test('everybody may call everybody', () => {
  check(
    permissionAllowAll,
    `
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh }
      from: [{ targetRef: { kind: Mesh }, default: { action: Allow } }]
    #                                                        ^^^^^ info kuma/permission-allow-all
    ---
    kind: MeshTrafficPermission
    metadata: { name: b, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      rules: [{ default: { allow: [{ spiffeID: { type: Prefix, value: spiffe://prod/ } }] } }]
    #                                                                 ^^^^^^^^^^^^^^ info kuma/permission-allow-all
    ---
    kind: MeshTrafficPermission
    metadata: { name: c, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules: [{ default: { allow: [{ spiffeID: { type: Prefix, value: spiffe://prod } }] } }]
    ---
    kind: MeshTrafficPermission
    metadata: { name: d, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from: [{ targetRef: { kind: Mesh }, default: { action: Deny } }]
  `,
  );
});
