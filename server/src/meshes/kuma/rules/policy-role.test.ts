import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { policyRole } from './policy-role.js';

test('outside of the system namespace a policy has one side', () => {
  check(
    policyRole,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
    #< error kuma/policy-role
      from: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
    ---
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 20s } }]
  `,
  );
});

test('a service of the own namespace goes with no other', () => {
  check(
    policyRole,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
    # ^^ error kuma/policy-role
      - targetRef: { kind: MeshService, name: own }
      - targetRef: { kind: MeshService, name: theirs, namespace: other }
    ---
    kind: MeshTimeout
    metadata: { name: consumer, namespace: shop, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
      - targetRef: { kind: MeshService, labels: { app: b } }
  `,
  );
});
