import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { peerCombination } from './peer-combination.js';

test('reports two kinds of peers in one rule, and not an empty list beside one', () => {
  check(
    peerCombination,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEndpoints: [{}]
        fromCIDR: [10.0.0.0/8]
    #   ^^^^^^^^ error cilium/peer-combination 💡 ""fromEndpoints" and "fromCIDR" stand in one rule, which takes one of them."
      - fromEndpoints: [{}]
        fromCIDR: []
      egressDeny:
      - toFQDNs: [{ matchName: a.example.org }]
        toEntities: [world]
    #   ^^^^^^^^^^ error cilium/peer-combination
  `,
  );
});

test('offers to split the rule', () => {
  checkFix(
    peerCombination,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEndpoints:
        - {}
        fromCIDR:
        - 10.0.0.0/8
        toPorts:
        - ports:
          - port: "80"
            protocol: TCP
  `,
    'Move "fromCIDR" to a rule of its own (either is enough)',
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEndpoints:
        - {}
        toPorts:
        - ports:
          - port: "80"
            protocol: TCP
      - fromCIDR:
        - 10.0.0.0/8
        toPorts:
        - ports:
          - port: "80"
            protocol: TCP
  `,
  );
});
