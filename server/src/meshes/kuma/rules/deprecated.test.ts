import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { deprecated } from './deprecated.js';

test('a permission with three old forms', () => {
  check(
    deprecated,
    `
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshService, name: backend }
    #                    ^^^^^^^^^^^ warning kuma/deprecated
      from:
    # ^^^^ warning kuma/deprecated
      - targetRef: { kind: MeshService, name: web }
    #                      ^^^^^^^^^^^ warning kuma/deprecated
        default: { action: Allow }
  `,
  );
});

test('hash policies of a balancer, and the address of the client', () => {
  check(
    deprecated,
    `
    kind: MeshLoadBalancingStrategy
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: backend }
        default:
          loadBalancer:
            type: RingHash
            ringHash:
              hashPolicies: [{ type: SourceIP, connection: { sourceIP: true } }]
    #         ^^^^^^^^^^^^ warning kuma/deprecated
    #                                ^^^^^^^^ warning kuma/deprecated
  `,
  );
});

test('a status that says all went well, and endpoints in policies', () => {
  check(
    deprecated,
    `
    kind: MeshRateLimit
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules:
      - default: { local: { http: { onRateLimit: { status: 200 } } } }
    #                                                      ^^^ warning kuma/deprecated
      - default: { local: { http: { onRateLimit: { status: 429 } } } }
    ---
    kind: MeshMetric
    metadata: { name: m, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      default: { backends: [{ type: OpenTelemetry, openTelemetry: { endpoint: "otel:4317" } }] }
    #                                                               ^^^^^^^^ warning kuma/deprecated
  `,
  );
});

test('version 3 refuses what version 2 warns of', () => {
  check(
    deprecated,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshSubset, tags: { app: web } }
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('selects Dataplanes', () => {
  checkFix(
    deprecated,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: MeshS$0ubset, tags: { app: web } }
  `,
    'Select Dataplanes by labels',
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web } }
  `,
  );
});
