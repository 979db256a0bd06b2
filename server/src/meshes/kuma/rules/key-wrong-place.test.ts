import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { keyWrongPlace } from './key-wrong-place.js';

test('what sidecars are told stands on pods', () => {
  check(
    keyWrongPlace,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { kuma.io/container-patches: p1 }, labels: { kuma.io/mesh: default } }
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ warning kuma/key-wrong-place
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop, labels: { kuma.io/sidecar-injection: enabled } }
    #                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ warning kuma/key-wrong-place
    spec: { template: { metadata: { labels: { kuma.io/sidecar-injection: enabled }, annotations: { kuma.io/container-patches: p1 } } } }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop, labels: { kuma.io/gateway: enabled } }
    #                                               ^^^^^^^^^^^^^^^ warning kuma/key-wrong-place
  `,
  );
});

test('makes a label an annotation', () => {
  checkFix(
    keyWrongPlace,
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      labels:
        kuma.io/gate$0way: enabled
        app: a
  `,
    'Make it an annotation',
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        kuma.io/gateway: enabled
      labels:
        app: a
  `,
  );
});
