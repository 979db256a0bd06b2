import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { backendrefPortNotFound } from './backendref-port-not-found.js';

test('a backend has the port', () => {
  check(
    backendrefPortNotFound,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: backend }
        rules:
        - default:
            backendRefs:
            - { kind: MeshService, name: backend, port: 8080 }
    #                                                   ^^^^ warning kuma/backendref-port-not-found
            - { kind: MeshService, name: backend, port: 80 }
            - { kind: MeshService, name: backend, sectionName: grpc }
    #                                                          ^^^^ warning kuma/backendref-port-not-found
            - { kind: MeshService, name: nobody, port: 1 }
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});

test('offers its ports', () => {
  checkFix(
    backendrefPortNotFound,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend }, rules: [{ default: { backendRefs: [{ kind: MeshService, name: backend, port: 80$080 }] } }] }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
    'Change to 80',
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend }, rules: [{ default: { backendRefs: [{ kind: MeshService, name: backend, port: 80 }] } }] }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});
