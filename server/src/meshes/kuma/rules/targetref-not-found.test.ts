import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { targetrefNotFound } from './targetref-not-found.js';

test('targets are services of their namespace, by name or by tag', () => {
  check(
    targetrefNotFound,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: bakend }
    #                                         ^^^^^^ warning kuma/targetref-not-found
      - targetRef: { kind: MeshService, name: backend }
      - targetRef: { kind: MeshService, name: backend_shop_svc_80 }
      - targetRef: { kind: MeshService, name: frontend_shop_svc_80 }
    #                                         ^^^^^^^^^^^^^^^^^^^^ warning kuma/targetref-not-found
      - targetRef: { kind: MeshHTTPRoute, name: any }
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});

test('keeps the form of a tag', () => {
  checkFix(
    targetrefNotFound,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: bak$0end_shop_svc_80 } }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
    'Change to "backend_shop_svc_80"',
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend_shop_svc_80 } }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});
