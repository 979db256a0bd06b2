import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { injectionAnnotation } from './injection-annotation.js';

test('nobody reads the annotation', () => {
  check(
    injectionAnnotation,
    `
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { annotations: { kuma.io/sidecar-injection: enabled } } } }
    #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ warning kuma/injection-annotation
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled }, annotations: { kuma.io/sidecar-injection: enabled } }
  `,
  );
});

test('makes it a label', () => {
  checkFix(
    injectionAnnotation,
    `
    kind: Namespace
    metadata:
      name: shop
      annotations:
        kuma.io/sidecar-inj$0ection: enabled
        team: shop
  `,
    'Make it a label',
    `
    kind: Namespace
    metadata:
      name: shop
      labels:
        kuma.io/sidecar-injection: enabled
      annotations:
        team: shop
  `,
  );
});
