import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { proxyDefaultsProtocolInvalid } from './proxy-defaults-protocol-invalid.js';

test('a protocol in the free-form configuration', () => {
  check(
    proxyDefaultsProtocolInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      config:
        protocol: https
    #< warning consul/proxy-defaults-protocol-invalid 💡
  `,
  );
});

test('one that exists, or none', () => {
  check(
    proxyDefaultsProtocolInvalid,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      config: { protocol: http2 }
  `,
  );
});
