import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7RoutingWithoutWaypoint } from './l7-routing-without-waypoint.js';

const namespace = (more = '') => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient${more} } }
`;
const cart = (labels = '') => `
    ---
    kind: Service
    metadata: { name: cart, namespace: shop, labels: { ${labels} } }
`;
const route = (mark = '') => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts:
      - cart
${mark}
      - cart.shop.svc.cluster.local
      http: [{ route: [{ destination: { host: cart } }] }]
`;

test('reports routes and limits for a Service without waypoint', () => {
  check(
    l7RoutingWithoutWaypoint,
    route(
      '    #   ^^^^ warning istio/l7-routing-without-waypoint "Service "shop/cart" is in ambient and uses no waypoint. Calls from ambient go around it."',
    ) +
      namespace() +
      cart(),
  );
  check(
    l7RoutingWithoutWaypoint,
    `
    kind: DestinationRule
    metadata: { name: api, namespace: shop }
    spec:
      host: api.example.com
    #       ^^^^^^^^^^^^^^^ warning istio/l7-routing-without-waypoint "Namespace "shop" is in ambient and uses no waypoint."
      subsets: [{ name: a, trafficPolicy: { connectionPool: { http: { maxRetries: 1 } } } }]
${namespace()}`,
  );
});

test('a waypoint of the Service or its namespace is enough', () => {
  check(l7RoutingWithoutWaypoint, route() + namespace(', istio.io/use-waypoint: waypoint') + cart());
  check(l7RoutingWithoutWaypoint, route() + namespace() + cart('istio.io/use-waypoint: waypoint'));
});

test('connections, gateways and sidecars need none', () => {
  check(
    l7RoutingWithoutWaypoint,
    `
    kind: VirtualService
    metadata: { name: tcp, namespace: shop }
    spec: { hosts: [cart], tcp: [{ route: [{ destination: { host: cart } }] }] }
    ---
    kind: VirtualService
    metadata: { name: public, namespace: shop }
    spec: { hosts: [cart], gateways: [public], http: [{ route: [{ destination: { host: cart } }] }] }
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 } } } }
${namespace()}${cart()}`,
  );
  check(l7RoutingWithoutWaypoint, route() + cart());
});
