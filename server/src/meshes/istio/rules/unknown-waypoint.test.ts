import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownWaypoint } from './unknown-waypoint.js';

const waypoint = `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: waypoint, namespace: shop }
    spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }`;

test('reports waypoints that nobody deploys', () => {
  check(
    unknownWaypoint,
    `
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { istio.io/use-waypoint: wayponit } } } }
    #                                                                ^^^^^^^^ warning istio/unknown-waypoint 💡 "No Gateway "shop/wayponit" exists ("waypoint" exists). No waypoint sees this traffic."
    ---
    kind: Namespace
    metadata: { name: payments, labels: { istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: shop } }
    ---
    kind: Service
    metadata: { name: till, namespace: shop, labels: { istio.io/use-waypoint: none } }
    ---
    kind: Service
    metadata: { name: ledger, namespace: elsewhere, labels: { istio.io/use-waypoint: other } }
    ${waypoint.trimStart()}
    `,
    { world: 'open' },
  );
});
