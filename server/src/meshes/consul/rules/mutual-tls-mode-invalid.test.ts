import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { mutualTlsModeInvalid } from './mutual-tls-mode-invalid.js';

test('modes by their exact names', () => {
  check(
    mutualTlsModeInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
      mutualTLSMode: Permissive
    #< error consul/mutual-tls-mode-invalid 💡
    ---
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      mutualTLSMode: ""
  `,
  );
});
