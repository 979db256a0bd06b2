import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { backendrefNotFound } from './backendref-not-found.js';

test('a backend is a service of the namespace that it names', () => {
  check(
    backendrefNotFound,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: backend }
        rules:
        - default:
            backendRefs:
            - { kind: MeshService, name: bakend, port: 80 }
    #                                    ^^^^^^ warning kuma/backendref-not-found
            - { kind: MeshService, name: backend, port: 80 }
            - { kind: MeshService, name: web, namespace: elsewhere }
            - { kind: MeshService, labels: { app: nobody } }
            - { kind: MeshExternalService, name: api, port: 80 }
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});

test('what is not at hand is not missing', () => {
  check(
    backendrefNotFound,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: b }, rules: [{ default: { backendRefs: [{ kind: MeshService, name: b }] } }] }]
  `,
  );
});

test('offers the nearest', () => {
  checkFix(
    backendrefNotFound,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend }, rules: [{ default: { backendRefs: [{ kind: MeshService, name: bak$0end }] } }] }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
    'Change to "backend"',
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend }, rules: [{ default: { backendRefs: [{ kind: MeshService, name: backend }] } }] }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});
