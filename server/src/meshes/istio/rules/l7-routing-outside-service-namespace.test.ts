import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7RoutingOutsideServiceNamespace } from './l7-routing-outside-service-namespace.js';

const cart = (mode: string) => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ${mode} } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
`;
const route = (mark = '') => `
    kind: VirtualService
    metadata: { name: cart, namespace: platform }
    spec:
      hosts: [cart.shop.svc.cluster.local]
${mark}
      http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local } }] }]
`;

test('reports routes and limits that are not beside the ambient Service', () => {
  check(
    l7RoutingOutsideServiceNamespace,
    route(
      '    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/l7-routing-outside-service-namespace "Service "shop/cart" is in ambient, and this VirtualService is in "platform"."',
    ) + cart('ambient'),
  );
});

test('elsewhere clients may set rules of their own', () => {
  check(l7RoutingOutsideServiceNamespace, route() + cart('none'));
  check(
    l7RoutingOutsideServiceNamespace,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } }
${cart('ambient')}`,
  );
});
