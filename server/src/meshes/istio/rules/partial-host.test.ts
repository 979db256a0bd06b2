import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { partialHost } from './partial-host.js';

test('reports a Service named without the domain of the cluster', () => {
  check(
    partialHost,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: cart.shop
    #             ^^^^^^^^^ error istio/partial-host 💡 ""cart.shop" is not the Service "shop/cart": Istio completes only hosts without a dot."
        - destination:
            host: cart.shop.svc
    #             ^^^^^^^^^^^^^ error istio/partial-host
        - destination:
            host: example.com
        - destination:
            host: cart.shop.svc.cluster.local
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
  `,
  );
});

test('a ServiceEntry may have that very name; in the open world it is a warning', () => {
  check(
    partialHost,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: cart.shop }
        mirror:
          host: payment.shop
    #           ^^^^^^^^^^^^ warning istio/partial-host
    ---
    kind: ServiceEntry
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart.shop] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    ---
    kind: Service
    metadata: { name: payment, namespace: shop }
  `,
    { world: 'open' },
  );
});

test('completes the name, with the domain that the cluster has', () => {
  const yaml = (host: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ route: [{ destination: { host: ${host} } }] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
  `;
  checkFix(partialHost, yaml('cart.shop'), 'Change to "cart.shop.svc.mesh.local"', yaml('cart.shop.svc.mesh.local'), {
    settings: { clusterDomain: 'mesh.local' },
  });
});
