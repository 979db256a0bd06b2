import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { requestLimitInvalid } from './request-limit-invalid.js';

test('modes and rates', () => {
  check(
    requestLimitInvalid,
    `
    kind: ControlPlaneRequestLimit
    metadata: { name: controlplanerequestlimit, namespace: shop }
    spec:
      mode: strict
    #< error consul/request-limit-invalid
      readRate: -1
    #< error consul/request-limit-invalid
      writeRate: 1
      kv:
    #< error consul/request-limit-invalid
        readRate: 5
      acl:
        readRate: 0
        writeRate: 1
    ---
    kind: RateLimit
    metadata: { name: global }
    spec:
      config:
        readRate: -5
    #< error consul/request-limit-invalid
        excludeEndpoints: ['']
    #< error consul/request-limit-invalid
  `,
  );
});
