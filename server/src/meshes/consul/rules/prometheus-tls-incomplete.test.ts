import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { prometheusTlsIncomplete } from './prometheus-tls-incomplete.js';

test('authorities, certificates and keys', () => {
  check(
    prometheusTlsIncomplete,
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        consul.hashicorp.com/enable-metrics-merging: 'true'
        consul.hashicorp.com/prometheus-cert-file: /tls/tls.crt
    #< error consul/prometheus-tls-incomplete
    spec: { containers: [{ name: a, image: a }] }
    ---
    kind: Pod
    metadata:
      name: b
      namespace: shop
      annotations: { consul.hashicorp.com/prometheus-cert-file: /tls/tls.crt }
    spec: { containers: [{ name: b, image: b }] }
  `,
  );
});
