import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { legacyNewMix } from './legacy-new-mix.js';

test('a policy and its successor in one mesh', () => {
  check(
    legacyNewMix,
    `
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    mesh: default
    metadata: { name: all }
    #                 ^^^ warning kuma/legacy-new-mix
    ---
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    mesh: other
    metadata: { name: others }
    ---
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://a/b } }] } }]
  `,
  );
});
