import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { meshNotFound } from './mesh-not-found.js';

test('labels and fields name meshes that exist', () => {
  check(
    meshNotFound,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    ---
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: prd } }
    #                                                                       ^^^ error kuma/mesh-not-found
    spec:
      to: []
    ---
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    mesh: staging
    #     ^^^^^^^ error kuma/mesh-not-found
    metadata: { name: all }
    ---
    apiVersion: v1
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/mesh: prdo } }
    #                                               ^^^^ error kuma/mesh-not-found
    ---
    kind: MeshTimeout
    metadata: { name: b, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: []
  `,
  );
});

test('without any Mesh nothing is missing', () => {
  check(
    meshNotFound,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: prd } }
    spec:
      to: []
  `,
  );
});

test('offers the nearest', () => {
  checkFix(
    meshNotFound,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    ---
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: pro$0dd } }
    spec:
      to: []
  `,
    'Change to "prod"',
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    ---
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: prod } }
    spec:
      to: []
  `,
  );
});
