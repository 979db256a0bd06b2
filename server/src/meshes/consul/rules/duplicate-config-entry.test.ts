import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { duplicateConfigEntry } from './duplicate-config-entry.js';

test('one entry from two namespaces', () => {
  check(
    duplicateConfigEntry,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: a }
    spec: {}
    ---
    kind: ServiceResolver
    metadata: { name: web, namespace: b }
    #< error consul/duplicate-config-entry
    spec: {}
    ---
    kind: ServiceDefaults
    metadata: { name: web, namespace: b }
    spec: {}
  `,
  );
});

test('with mirroring each namespace has entries of its own', () => {
  check(
    duplicateConfigEntry,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: a }
    spec: {}
    ---
    kind: ServiceResolver
    metadata: { name: web, namespace: b }
    spec: {}
  `,
    { settings: { consul: { mirroring: true } } },
  );
});
