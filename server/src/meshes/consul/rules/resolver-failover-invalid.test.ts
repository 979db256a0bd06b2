import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { resolverFailoverInvalid } from './resolver-failover-invalid.js';

test('mixtures, and failovers that lead nowhere', () => {
  check(
    resolverFailoverInvalid,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      failover:
        '*': {}
    #< error consul/resolver-failover-invalid
        v1:
          targets:
          - peer: east
            partition: p
    #< error consul/resolver-failover-invalid
          - peer: west
            datacenter: dc2
          datacenters: [dc2]
    #< error consul/resolver-failover-invalid
        v2:
          datacenters: ['']
    #< error consul/resolver-failover-invalid
          policy:
            mode: random
    #< error consul/resolver-failover-invalid
        v3:
          targets:
          - peer: east
          - service: api
  `,
  );
});
