import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { selectsNothing } from './selects-nothing.js';

test('some pod has the labels', () => {
  check(
    selectsNothing,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: wbe } }
    #                               ^^^^^^ warning kuma/selects-nothing
    ---
    kind: MeshTimeout
    metadata: { name: b, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshSubset, tags: { app: web, kuma.io/zone: east } }
    ---
    kind: MeshTimeout
    metadata: { name: c, namespace: other, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: wbe } }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { metadata: { labels: { app: web, team: shop } } } }
  `,
  );
});

test('offers the nearest', () => {
  checkFix(
    selectsNothing,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, la$0bels: { app: webb } }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { metadata: { labels: { app: web, team: shop } } } }
  `,
    'Change to "web"',
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web } }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { metadata: { labels: { app: web, team: shop } } } }
  `,
  );
});
