import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceDefaultsInvalid } from './service-defaults-invalid.js';

test('limits below 0 and unknown ways to balance', () => {
  check(
    serviceDefaultsInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: a, namespace: shop }
    spec:
      localConnectTimeoutMs: -5
    #< error consul/service-defaults-invalid
      localRequestTimeoutMs: 0
      balanceInboundConnections: exact-balance
    #< error consul/service-defaults-invalid 💡
  `,
  );
});
