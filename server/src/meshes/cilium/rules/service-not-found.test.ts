import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { serviceNotFound } from './service-not-found.js';

const SERVICE = `
    ---
    kind: Service
    metadata: { name: orders, namespace: shop }
`;

test('reports Services that a namespace at hand does not have', () => {
  check(
    serviceNotFound,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toServices: [{ k8sService: { serviceName: ordres } }]
    #                                             ^^^^^^ warning cilium/service-not-found 💡 "No Service "shop/ordres" exists in this workspace ("orders" does). Nothing is allowed to it."
      - toServices: [{ k8sService: { serviceName: orders } }, { k8sService: { serviceName: x, namespace: payments } }]
    ---
    kind: CiliumClusterwideEnvoyConfig
    metadata: { name: web }
    spec: { services: [{ name: cart, namespace: shop }, { name: cart }], resources: [] }
    #                          ^^^^ warning cilium/service-not-found
    ---
    kind: CiliumLocalRedirectPolicy
    metadata: { name: dns, namespace: shop }
    spec: { redirectFrontend: { serviceMatcher: { serviceName: dns, namespace: shop } } }
    #                                                          ^^^ warning cilium/service-not-found
${SERVICE}`,
  );
});

test('offers the nearest Service', () => {
  const config = (name: string) => `
    kind: CiliumEnvoyConfig
    metadata: { name: web, namespace: shop }
    spec: { backendServices: [{ name: ${name} }], resources: [] }
${SERVICE}`;
  checkFix(serviceNotFound, config('ordres'), 'Change to "orders"', config('orders'));
});
