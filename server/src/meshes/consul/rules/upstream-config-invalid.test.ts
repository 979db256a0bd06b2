import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { upstreamConfigInvalid } from './upstream-config-invalid.js';

test('defaults with a name and overrides without', () => {
  check(
    upstreamConfigInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: a, namespace: shop }
    spec:
      upstreamConfig:
        defaults:
          connectTimeoutMs: 1
          name: x
    #< error consul/upstream-config-invalid
        overrides:
        - connectTimeoutMs: 1
    #< error consul/upstream-config-invalid
        - name: api
          peer: east
          namespace: n
    #< error consul/upstream-config-invalid
        - name: db
          peer: east
  `,
  );
});
