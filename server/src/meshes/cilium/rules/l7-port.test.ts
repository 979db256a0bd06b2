import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7Port } from './l7-port.js';

test('reports requests on every port, and DNS without a port or on a range', () => {
  check(
    l7Port,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "0", protocol: TCP }]
    #                     ^^^ error cilium/l7-port
          rules: { http: [{ method: GET }] }
        - ports: [{ port: "0", protocol: TCP }]
        - ports: [{ port: "8000", endPort: 8010, protocol: TCP }]
          rules: { http: [{ method: GET }] }
      egress:
      - toPorts:
        - rules: { dns: [{ matchPattern: "*" }] }
    #              ^^^ error cilium/l7-port 💡
        - ports: [{ port: "53", endPort: 54, protocol: ANY }]
    #                                    ^^ error cilium/l7-port 💡
          rules: { dns: [{ matchPattern: "*" }] }
        - ports: [{ port: "53", endPort: 53, protocol: ANY }]
          rules: { dns: [{ matchPattern: "*" }] }
  `,
  );
});
