import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownKey } from './unknown-key.js';

test('keys of Kuma are in its table', () => {
  check(
    unknownKey,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/sidecar-drain-tme: 10s, traffic.kuma.io/exclude-outbound-ports: "5432", prometheus.metrics.kuma.io/aggregate-app-port: "9090", example.org/a: b } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^ warning kuma/unknown-key
    spec: { containers: [{ name: a }] }
  `,
  );
});

test('offers the nearest', () => {
  checkFix(
    unknownKey,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/sidecar-drain-t$0me: 10s } }
    spec: { containers: [{ name: a }] }
  `,
    'Change to "kuma.io/sidecar-drain-time"',
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/sidecar-drain-time: 10s } }
    spec: { containers: [{ name: a }] }
  `,
  );
});
