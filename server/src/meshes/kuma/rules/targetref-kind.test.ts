import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { targetrefKind } from './targetref-kind.js';

test('a circuit breaker takes no routes, a retry does', () => {
  check(
    targetrefKind,
    `
    kind: MeshCircuitBreaker
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshHTTPRoute, name: r }
    #                      ^^^^^^^^^^^^^ error kuma/targetref-kind
        default: { connectionLimits: { maxConnections: 2 } }
    ---
    kind: MeshRetry
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshHTTPRoute, name: r }, default: { http: { numRetries: 2 } } }]
  `,
  );
});

test('gateways at the top are for the system namespace', () => {
  check(
    targetrefKind,
    `
    kind: MeshRetry
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshGateway, name: edge }
    #                    ^^^^^^^^^^^ error kuma/targetref-kind
    ---
    kind: MeshRetry
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshGateway, name: edge }
  `,
  );
});

test('subsets are gone in version 3, and routes take no other backends than services', () => {
  check(
    targetrefKind,
    `
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshSubset, tags: { app: web } }
    #                    ^^^^^^^^^^ error kuma/targetref-kind
      to:
      - targetRef: { kind: MeshService, labels: { app: web } }
        rules: [{ matches: [{ path: { type: Exact, value: / } }], default: { backendRefs: [{ kind: MeshServiceSubset, name: web }] } }]
    #                                                                                              ^^^^^^^^^^^^^^^^^ error kuma/targetref-kind
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('a balancer for a gateway is for the whole mesh', () => {
  check(
    targetrefKind,
    `
    kind: MeshLoadBalancingStrategy
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshGateway, name: edge }
      to:
      - targetRef: { kind: MeshService, name: web }
    #                      ^^^^^^^^^^^ error kuma/targetref-kind
        default: { loadBalancer: { type: Random } }
      - targetRef: { kind: MeshService, name: web }
        default: { localityAwareness: { disabled: true } }
  `,
  );
});

test('a namespace that nobody knows may be the system one', () => {
  check(
    targetrefKind,
    `
    kind: MeshRetry
    metadata: { name: cart }
    spec: { targetRef: { kind: MeshGateway, name: edge } }
  `,
  );
});

test('turns a subset into Dataplanes', () => {
  checkFix(
    targetrefKind,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshSu$0bset, tags: { app: web } }
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
  `,
    'Select Dataplanes by labels',
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web } }
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});
