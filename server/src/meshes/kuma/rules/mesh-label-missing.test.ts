import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { meshLabelMissing } from './mesh-label-missing.js';

test('where no mesh is called default, objects have to say theirs', () => {
  check(
    meshLabelMissing,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    ---
    kind: MeshTimeout
    metadata: { name: a, namespace: kuma-system }
    #           ^^^^ warning kuma/mesh-label-missing
    ---
    kind: MeshTimeout
    metadata: { name: b, namespace: kuma-system, labels: { kuma.io/mesh: prod } }
    ---
    kind: HostnameGenerator
    metadata: { name: c, namespace: kuma-system }
  `,
  );
});

test('mesh "default" takes them', () => {
  check(
    meshLabelMissing,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    ---
    kind: MeshTimeout
    metadata: { name: a, namespace: kuma-system }
  `,
  );
});

test('adds the label', () => {
  checkFix(
    meshLabelMissing,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    ---
    kind: MeshTimeout
    metadata:
      na$0me: a
      namespace: kuma-system
  `,
    'Add label "kuma.io/mesh: prod"',
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    ---
    kind: MeshTimeout
    metadata:
      name: a
      namespace: kuma-system
      labels:
        kuma.io/mesh: prod
  `,
  );
});
