import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { l7Protocol } from './l7-protocol.js';

test('reports ports of HTTP rules that are not TCP alone', () => {
  check(
    l7Protocol,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports:
          - port: "80"
    #             ^^^^ error cilium/l7-protocol 💡 "Port 80 has no protocol, which means any, and rules of "http" need TCP."
          - { port: "81", protocol: UDP }
    #                               ^^^ error cilium/l7-protocol 💡
          - { port: "82", protocol: TCP }
          rules: { http: [{ method: GET }] }
        - ports: [{ port: "90" }]
      egress:
      - toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
  `,
  );
});

test('offers TCP', () => {
  checkFix(
    l7Protocol,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec: { endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "80" }], rules: { http: [{}] } }] }] }
  `,
    'Set protocol: TCP',
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec: { endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{}] } }] }] }
  `,
  );
});
