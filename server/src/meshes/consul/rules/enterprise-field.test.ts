import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { enterpriseField } from './enterprise-field.js';

test('namespaces and partitions in the open-source edition', () => {
  check(
    enterpriseField,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: 100
        namespace: a
    #< error consul/enterprise-field 💡 ""namespace" needs Consul Enterprise."
    ---
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      failover:
        '*':
          targets:
          - partition: far
  `,
  );
});

test('Enterprise takes them', () => {
  check(
    enterpriseField,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: 100
        namespace: a
  `,
    { settings: { consul: { edition: 'enterprise' } } },
  );
});
