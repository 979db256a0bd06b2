import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { resolverRedirectInvalid } from './resolver-redirect-invalid.js';

test('the first fault of each redirect', () => {
  check(
    resolverRedirectInvalid,
    `
    kind: ServiceResolver
    metadata: { name: a, namespace: shop }
    spec:
      redirect: {}
    #< error consul/resolver-redirect-invalid "This redirect leads nowhere."
    ---
    kind: ServiceResolver
    metadata: { name: b, namespace: shop }
    spec:
      redirect:
        service: x
        peer: east
        datacenter: dc2
    #< error consul/resolver-redirect-invalid
    ---
    kind: ServiceResolver
    metadata: { name: c, namespace: shop }
    spec:
      redirect:
        serviceSubset: v1
    #< error consul/resolver-redirect-invalid
    ---
    kind: ServiceResolver
    metadata: { name: d, namespace: shop }
    spec:
      redirect:
        service: x
        datacenter: dc2
        partition: p
    #< error consul/resolver-redirect-invalid
    ---
    kind: ServiceResolver
    metadata: { name: e, namespace: shop }
    spec:
      redirect:
        datacenter: dc2
  `,
  );
});
