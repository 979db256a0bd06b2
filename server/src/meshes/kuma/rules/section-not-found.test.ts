import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { sectionNotFound } from './section-not-found.js';

test('a section is a name of a port, or its number', () => {
  check(
    sectionNotFound,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: backend, sectionName: grpc }
    #                                                               ^^^^ warning kuma/section-not-found
      - targetRef: { kind: MeshService, name: backend, sectionName: http }
      - targetRef: { kind: MeshService, name: backend, sectionName: "9090" }
      - targetRef: { kind: MeshService, name: nobody, sectionName: grpc }
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});

test('offers the nearest', () => {
  checkFix(
    sectionNotFound,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend, sectionName: ht$0pt } }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
    'Change to "http"',
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: backend, sectionName: http } }]
    ---
    kind: Service
    metadata: { name: backend, namespace: shop }
    spec: { ports: [{ name: http, port: 80, appProtocol: http }, { port: 9090, appProtocol: tcp }] }
  `,
  );
});
