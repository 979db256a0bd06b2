import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { permissionShadowedDeny } from './permission-shadowed-deny.js';

test('later items win', () => {
  check(
    permissionShadowedDeny,
    `
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from:
      - targetRef: { kind: MeshSubset, tags: { app: batch } }
        default: { action: Deny }
      - targetRef: { kind: Mesh }
        default: { action: Allow }
    #                      ^^^^^ warning kuma/permission-shadowed-deny
      - targetRef: { kind: MeshSubset, tags: { app: web } }
        default: { action: Deny }
  `,
  );
});
