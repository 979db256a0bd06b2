import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { wrongControlPlane } from './wrong-control-plane.js';

test('a zone takes no meshes', () => {
  check(
    wrongControlPlane,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    #     ^^^^ error kuma/wrong-control-plane
    metadata: { name: prod }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: a, namespace: shop }
  `,
    { settings: { kuma: { mode: 'zone' } } },
  );
});

test('a global control plane takes no proxies', () => {
  check(
    wrongControlPlane,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Dataplane
    #     ^^^^^^^^^ error kuma/wrong-control-plane
    metadata: { name: a, namespace: shop }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
  `,
    { settings: { kuma: { mode: 'global' } } },
  );
});
