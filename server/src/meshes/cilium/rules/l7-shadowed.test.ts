import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7Shadowed } from './l7-shadowed.js';

const policy = (other: string, mark = '    #     ^^^^^ warning cilium/l7-shadowed') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: web } }
      ingress:
      - fromEndpoints: [{ matchLabels: { app: cart } }]
        toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules: { http: [{ method: GET }] }
${mark}
${other}
`;

test('reports rules about requests that another rule makes needless', () => {
  check(
    l7Shadowed,
    policy(
      '      - { fromEndpoints: [{ matchLabels: { "k8s:app": cart } }], toPorts: [{ ports: [{ port: "80" }] }] }',
      '    #     ^^^^^ warning cilium/l7-shadowed 💡',
    ),
  );
  check(l7Shadowed, policy('      - { fromEndpoints: [{ matchLabels: { app: cart } }] }'));
  check(
    l7Shadowed,
    policy(`    ---
    kind: CiliumNetworkPolicy
    metadata: { name: open, namespace: shop }
    spec:
      endpointSelector: {}
      ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]`),
  );
});

test('other peers, ports and denials leave them their meaning', () => {
  check(l7Shadowed, policy('      - { fromEndpoints: [{ matchLabels: { app: shop } }], toPorts: [{ ports: [{ port: "80" }] }] }', ''));
  check(l7Shadowed, policy('      - { fromEndpoints: [{ matchLabels: { app: cart } }], toPorts: [{ ports: [{ port: "81" }] }] }', ''));
  check(l7Shadowed, policy('      ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: cart } }] }]', ''));
});

test('another item of the same "toPorts" may allow every request, too', () => {
  check(
    l7Shadowed,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: web } }
      ingress:
      - fromEndpoints: [{ matchLabels: { app: cart } }]
        toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules: { http: [{ method: GET }] }
    #     ^^^^^ warning cilium/l7-shadowed
        - ports: [{ port: "80", protocol: TCP }]
        - ports: [{ port: "81", protocol: TCP }]
          rules: { http: [{ method: GET }] }
  `,
  );
});
