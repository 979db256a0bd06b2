import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { removedIn3 } from './removed-in-3.js';

test('lists by source, and most of a Mesh', () => {
  check(
    removedIn3,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
    # ^^^^ error kuma/removed-in-3
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: default }
    spec:
      mtls: { enabledBackend: ca-1 }
    # ^^^^ error kuma/removed-in-3
      meshServices: { mode: Exclusive }
    # ^^^^^^^^^^^^ error kuma/removed-in-3
      networking: { outbound: { passthrough: false } }
    #                           ^^^^^^^^^^^ error kuma/removed-in-3
      skipCreatingInitialPolicies: ["*"]
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('kinds', () => {
  check(
    removedIn3,
    `
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    #< error kuma/removed-in-3
    mesh: default
    metadata: { name: all }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: ZoneEgress
    #< error kuma/removed-in-3
    metadata: { name: egress, namespace: kuma-system }
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('version 2 has all of it', () => {
  check(
    removedIn3,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
  `,
  );
});
