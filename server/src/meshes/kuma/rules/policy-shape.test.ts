import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { policyShape } from './policy-shape.js';

test('a permission needs one list, and takes no two', () => {
  check(
    policyShape,
    `
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
    #< error kuma/policy-shape
      targetRef: { kind: Mesh }
    ---
    kind: MeshTrafficPermission
    metadata: { name: two, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from: [{ targetRef: { kind: Mesh }, default: { action: Allow } }]
      rules: [{ default: { allow: [{ spiffeID: { type: Prefix, value: spiffe://a/ } }] } }]
    # ^^^^^ error kuma/policy-shape
  `,
  );
});

test('rules go with no other list of a timeout; a MeshTLS needs none', () => {
  check(
    policyShape,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
      rules: [{ default: { idleTimeout: 20s } }]
    # ^^^^^ error kuma/policy-shape
    ---
    kind: MeshTLS
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh }
  `,
  );
});

test('limits for gateways have no rules, and limits for sidecars no "to"', () => {
  check(
    policyShape,
    `
    kind: MeshRateLimit
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh }
      rules: [{ default: { local: { tcp: { disabled: true } } } }]
    # ^^^^^ error kuma/policy-shape
    ---
    kind: MeshRateLimit
    metadata: { name: sidecars, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Mesh, proxyTypes: [Sidecar] }
      rules: [{ default: { local: { tcp: { disabled: true } } } }]
    ---
    kind: MeshRateLimit
    metadata: { name: to, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web } }
      to: [{ targetRef: { kind: Mesh }, default: { local: { tcp: { disabled: true } } } }]
    # ^^ error kuma/policy-shape
  `,
  );
});

test('version 3 lets a circuit breaker have both sides', () => {
  check(
    policyShape,
    `
    kind: MeshCircuitBreaker
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: Mesh }, default: { connectionLimits: { maxRetries: 1 } } }]
      rules: [{ default: { connectionLimits: { maxRetries: 1 } } }]
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('a template may bring a list', () => {
  check(
    policyShape,
    `
    # file: chart/templates/permission.yaml
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      rules: {{ .Values.rules }}
    # file: chart/Chart.yaml
    name: chart
  `,
  );
});
