import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { subsetUndefined } from './subset-undefined.js';

test('a default subset, and targets of a failover', () => {
  check(
    subsetUndefined,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      defaultSubset: v3
    #< error consul/subset-undefined 💡 "Subset "v3" of this service is not defined ("v1" and "v2" are)."
      subsets:
        v1: {}
        v2: {}
      failover:
        '*': { service: api, serviceSubset: stable }
    #< error consul/subset-undefined "No ServiceResolver in this workspace defines subsets of "api"."
        v1:
          targets:
          - { service: web, serviceSubset: v2 }
          - { service: far, serviceSubset: v9, peer: east }
  `,
  );
});

test('destinations of a router, and keys of a failover', () => {
  check(
    subsetUndefined,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      subsets:
        v2: {}
    ---
    kind: ServiceRouter
    metadata: { name: edge, namespace: shop }
    spec:
      routes:
      - destination:
          service: web
          serviceSubset: v2
      - destination:
          service: web
          serviceSubset: canary
    #< error consul/subset-undefined 💡
    ---
    kind: ServiceResolver
    metadata: { name: api, namespace: shop }
    spec:
      failover:
        v4: { service: web }
    #< error consul/subset-undefined 💡 "Subset "v4" of this service is not defined."
  `,
  );
});

test('without a resolver at hand it is a warning in the open world', () => {
  check(
    subsetUndefined,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: 100
        serviceSubset: v1
    #< warning consul/subset-undefined
  `,
    { world: 'open' },
  );
});
