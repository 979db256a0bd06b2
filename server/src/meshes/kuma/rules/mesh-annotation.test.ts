import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { meshAnnotation } from './mesh-annotation.js';

test('version 2 reads the annotation where the label is absent', () => {
  check(
    meshAnnotation,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { kuma.io/mesh: prod } }
    #                                      ^^^^^^^^^^^^ warning kuma/mesh-annotation
    ---
    kind: Namespace
    metadata: { name: other, labels: { kuma.io/mesh: prod }, annotations: { kuma.io/mesh: prod } }
  `,
  );
});

test('makes it a label', () => {
  checkFix(
    meshAnnotation,
    `
    kind: Namespace
    metadata:
      name: shop
      annotations:
        kuma.io/m$0esh: prod
  `,
    'Make it a label',
    `
    kind: Namespace
    metadata:
      name: shop
      labels:
        kuma.io/mesh: prod
  `,
  );
});
