import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7Direction } from './l7-direction.js';

test('reports DNS rules and listeners on ingress', () => {
  check(
    l7Direction,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "53", protocol: UDP }]
          rules: { dns: [{ matchPattern: "*" }] }
    #              ^^^ error cilium/l7-direction 💡
        - ports: [{ port: "80", protocol: TCP }]
          listener: { name: l, envoyConfig: { name: c } }
    #     ^^^^^^^^ error cilium/l7-direction 💡
      egress:
      - toPorts:
        - ports: [{ port: "53", protocol: UDP }]
          rules: { dns: [{ matchPattern: "*" }] }
        - ports: [{ port: "80", protocol: TCP }]
          listener: { name: l, envoyConfig: { name: c } }
  `,
  );
});

const HOST = `
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: nodes }
    spec:
      nodeSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules: { http: [{ path: /a }] }
    #     ^^^^^ error cilium/l7-direction
      egress:
      - toPorts:
        - ports: [{ port: "53", protocol: ANY }]
          rules: { dns: [{ matchPattern: "*" }] }
`;

test('reports requests in a policy on nodes; DNS of what they send is fine from 1.18 on', () => {
  check(l7Direction, HOST);
  check(l7Direction, `${HOST}    #     ^^^^^ error cilium/l7-direction`, { settings: { cilium: { version: '1.17' } } });
});
