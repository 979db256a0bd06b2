import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { keyValue } from './key-value.js';

test('values have the form that the key asks for', () => {
  check(
    keyValue,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/sidecar-drain-time: "10", kuma.io/envoy-admin-port: "9901", kuma.io/envoy-log-level: loud, traffic.kuma.io/exclude-inbound-ips: "10.0.0.0/8, ::1", kuma.io/sidecar-env-vars: A, kuma.io/tags: "{}" } }
    #                                                                                ^^^^ warning kuma/key-value
    #                                                                                                                                                 ^^^^ warning kuma/key-value
    #                                                                                                                                                                                                                                         ^ warning kuma/key-value
    spec: { containers: [{ name: a }] }
  `,
  );
});

test('offers the nearest', () => {
  checkFix(
    keyValue,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/envoy-log-level: deb$0ugg } }
    spec: { containers: [{ name: a }] }
  `,
    'Change to "debug"',
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/envoy-log-level: debug } }
    spec: { containers: [{ name: a }] }
  `,
  );
});
