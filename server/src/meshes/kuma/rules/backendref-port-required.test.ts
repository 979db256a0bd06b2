import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { backendrefPortRequired } from './backendref-port-required.js';

test('a service of several zones needs its port', () => {
  check(
    backendrefPortRequired,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: db }
        rules:
        - default:
            backendRefs:
            - { kind: MeshMultiZoneService, name: db }
    #           ^^^^ error kuma/backendref-port-required
            - { kind: MeshMultiZoneService, name: db, port: 80 }
            - { kind: MeshService, name: db }
  `,
  );
});

test('adds the port it has', () => {
  checkFix(
    backendrefPortRequired,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: db }
        rules: [{ default: { backendRefs: [{ ki$0nd: MeshMultiZoneService, name: db }] } }]
    ---
    kind: MeshMultiZoneService
    metadata: { name: db, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      selector: { meshService: { matchLabels: { app: db } } }
      ports: [{ port: 5432 }]
  `,
    'Add port 5432',
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: db }
        rules: [{ default: { backendRefs: [{ kind: MeshMultiZoneService, name: db, port: 5432 }] } }]
    ---
    kind: MeshMultiZoneService
    metadata: { name: db, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      selector: { meshService: { matchLabels: { app: db } } }
      ports: [{ port: 5432 }]
  `,
  );
});
