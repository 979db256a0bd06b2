import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { originLabel } from './origin-label.js';

test('an origin is a zone or global', () => {
  check(
    originLabel,
    `
    kind: MeshTimeout
    metadata: { name: a, namespace: kuma-system, labels: { kuma.io/origin: local } }
    #                                                                      ^^^^^ error kuma/origin-label
    ---
    kind: MeshTimeout
    metadata: { name: b, namespace: kuma-system }
  `,
  );
});

test('in the system namespace of a zone it has to stand', () => {
  check(
    originLabel,
    `
    kind: MeshTimeout
    metadata: { name: a, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    #                                            ^^^^^^ error kuma/origin-label
    ---
    kind: MeshTimeout
    metadata: { name: b, namespace: shop, labels: { kuma.io/mesh: default } }
    ---
    kind: MeshTimeout
    metadata: { name: c, namespace: kuma-system, labels: { kuma.io/origin: zone } }
  `,
    { settings: { kuma: { mode: 'zone' } } },
  );
});

test('a global control plane is no zone', () => {
  check(
    originLabel,
    `
    kind: MeshTimeout
    metadata: { name: a, namespace: kuma-system, labels: { kuma.io/origin: zone } }
    #                                                                      ^^^^ error kuma/origin-label
  `,
    { settings: { kuma: { mode: 'global' } } },
  );
});

test('adds it', () => {
  checkFix(
    originLabel,
    `
    kind: MeshTimeout
    metadata:
      name: a
      namespace: kuma-system
      la$0bels:
        kuma.io/mesh: default
  `,
    'Add label "kuma.io/origin: zone"',
    `
    kind: MeshTimeout
    metadata:
      name: a
      namespace: kuma-system
      labels:
        kuma.io/mesh: default
        kuma.io/origin: zone
  `,
    { settings: { kuma: { mode: 'zone' } } },
  );
});
