import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { routeRuleNoEffectOnIngress } from './route-rule-no-effect-on-ingress.js';

const split = `
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local, subset: v1 } }] }] }
`;

test('reports a gateway route to a Service that is split for the mesh', () => {
  check(
    routeRuleNoEffectOnIngress,
    `
    kind: VirtualService
    metadata: { name: public, namespace: shop }
    spec:
      hosts: [shop.example.com]
      gateways: [public]
      http:
      - route:
        - destination:
            host: cart
    #             ^^^^ warning istio/route-rule-no-effect-on-ingress 💡 "VirtualService "shop/cart" chooses subsets of "cart.shop" for the mesh, not for this gateway."
        - destination:
            host: cart
            subset: v1
    ---
    kind: VirtualService
    metadata: { name: inside, namespace: shop }
    spec: { gateways: [mesh], http: [{ route: [{ destination: { host: cart } }] }] }
${split}`,
    { world: 'open' },
  );
});

test('names the subset', () => {
  const yaml = (subset: string) => `
    kind: VirtualService
    metadata: { name: public, namespace: shop }
    spec:
      gateways: [public]
      http:
      - route:
        - destination:
            host: cart${subset}
${split}`;
  checkFix(routeRuleNoEffectOnIngress, yaml(''), 'Route to subset "v1"', yaml('\n            subset: v1'));
});
