import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { backendPortNotOnService } from './backend-port-not-on-service.js';

const services = `
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80, targetPort: 8080 }, { port: 9090 }] }
    ---
    kind: Service
    metadata: { name: outside, namespace: shop }
    spec: { type: ExternalName, externalName: example.com }
`;

test('reports ports that the Service does not have', () => {
  check(
    backendPortNotOnService,
    `
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - backendRefs:
        - { name: cart, port: 80 }
        - { name: cart, port: 8080 }
    #                         ^^^^ error gateway-api/backend-port-not-on-service 💡 "Service "shop/cart" has no port 8080 (8080 is the target of port 80). Its requests get 500."
        - { name: cart, port: 81 }
    #                         ^^ error gateway-api/backend-port-not-on-service 💡 "Service "shop/cart" has no port 81 (it has 80 and 9090)."
        - { name: outside, port: 443 }
        - { name: unknown, port: 443 }
${services}
  `,
  );
});

test('changes to the port that leads there', () => {
  const yaml = (port: string) => `
    kind: GRPCRoute
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - backendRefs: [{ name: cart, port: ${port} }]
${services}`;
  checkFix(backendPortNotOnService, yaml('80$080'), 'Change to 80', yaml('80'));
});
