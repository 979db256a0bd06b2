import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { conflictingDestinationRules } from './conflicting-destination-rules.js';

test('reports rules for one host that overrule each other', () => {
  check(
    conflictingDestinationRules,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
    #       ^^^^ warning istio/conflicting-destination-rules "DestinationRule "shop/pool" is for "cart.shop", too. Where both say something, the older one counts."
      subsets: [{ name: v1 }]
    ---
    kind: DestinationRule
    metadata: { name: pool, namespace: shop }
    spec:
      host: cart.shop.svc.cluster.local
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/conflicting-destination-rules
  `,
  );
});

test('subsets of different names, other hosts, private rules and the same rule elsewhere do not clash', () => {
  check(
    conflictingDestinationRules,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v1 }] }
    ---
    kind: DestinationRule
    metadata: { name: cart-v2, namespace: shop }
    spec: { host: cart, subsets: [{ name: v2 }] }
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.pay.svc.cluster.local" }
    ---
    kind: DestinationRule
    metadata: { name: a, namespace: shop }
    spec: { host: api.example.com, exportTo: ["."] }
    ---
    kind: DestinationRule
    metadata: { name: a, namespace: test }
    spec: { host: api.example.com, exportTo: ["."] }
    # file: prod.yaml
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v1 }] }
  `,
  );
});

test('hints at rules for a host and for a wildcard over it', () => {
  check(
    conflictingDestinationRules,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart }
    #             ^^^^ hint istio/conflicting-destination-rules
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.shop.svc.cluster.local" }
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^ hint istio/conflicting-destination-rules
  `,
  );
});
