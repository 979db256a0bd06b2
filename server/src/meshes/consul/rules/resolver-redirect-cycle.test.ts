import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { resolverRedirectCycle } from './resolver-redirect-cycle.js';

test('circles of one and of two', () => {
  check(
    resolverRedirectCycle,
    `
    kind: ServiceResolver
    metadata: { name: a, namespace: shop }
    spec:
      redirect:
        service: b
    #< error consul/resolver-redirect-cycle "This redirect leads back here: a to b to a."
    ---
    kind: ServiceResolver
    metadata: { name: b, namespace: shop }
    spec:
      redirect:
        service: a
    #< error consul/resolver-redirect-cycle
    ---
    kind: ServiceResolver
    metadata: { name: c, namespace: shop }
    spec:
      redirect:
        service: c
    #< error consul/resolver-redirect-cycle
    ---
    kind: ServiceResolver
    metadata: { name: d, namespace: shop }
    spec: { redirect: { service: a } }
    ---
    kind: ServiceResolver
    metadata: { name: e, namespace: shop }
    spec: { redirect: { datacenter: dc2, service: e } }
  `,
  );
});
