import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictRouteNever } from './strict-route-never.js';

test('routes of HTTP need ports of HTTP', () => {
  check(
    strictRouteNever,
    `
    kind: MeshHTTPRoute
    metadata: { name: a, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend, sectionName: "9090" }, rules: [] }]
    #                                              ^^^^^^^ warning kuma/strict-route-never
    ---
    kind: MeshHTTPRoute
    metadata: { name: b, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend }, rules: [] }]
    ---
    kind: MeshHTTPRoute
    metadata: { name: c, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: silent }, rules: [] }]
    #                                              ^^^^^^ info kuma/strict-route-never
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
    ---
    kind: Service
    metadata: { name: silent, namespace: shop }
    spec: { ports: [{ name: web, port: 80 }] }
  `,
  );
});
