import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { legacyPolicy } from './legacy-policy.js';

test('version 2 still reads it, version 3 has rules of its own', () => {
  check(
    legacyPolicy,
    `
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    #     ^^^^^^^^^^^^^^^^^ warning kuma/legacy-policy
    mesh: default
    metadata: { name: all }
  `,
  );
});

test('what version 3 lacks is an error of another rule', () => {
  check(
    legacyPolicy,
    `
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    mesh: default
    metadata: { name: all }
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});
