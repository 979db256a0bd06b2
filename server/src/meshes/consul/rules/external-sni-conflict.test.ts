import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { externalSniConflict } from './external-sni-conflict.js';

test('subsets of an external server', () => {
  check(
    externalSniConflict,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec: { externalSNI: web.example.com }
    ---
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      subsets:
    #< error consul/external-sni-conflict
        v1: {}
    ---
    kind: ServiceResolver
    metadata: { name: api, namespace: shop }
    spec: { subsets: { v1: {} } }
  `,
  );
});
