import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { proxyDefaultsInvalid } from './proxy-defaults-invalid.js';

test('modes that do not exist', () => {
  check(
    proxyDefaultsInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      failoverPolicy:
        mode: sequential
      prioritizeByLocality:
        mode: always
    #< error consul/proxy-defaults-invalid
    ---
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      prioritizeByLocality:
        mode: Failover
    #< error consul/proxy-defaults-invalid 💡
  `,
  );
});
