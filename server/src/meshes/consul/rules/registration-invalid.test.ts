import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { registrationInvalid } from './registration-invalid.js';

test('nodes, addresses and checks', () => {
  check(
    registrationInvalid,
    `
    kind: Registration
    metadata: { name: a }
    spec:
    #< error consul/registration-invalid
      node: n
      service: { name: x, port: 1 }
    ---
    kind: Registration
    metadata: { name: b }
    spec:
      node: n
      address: ''
    #< error consul/registration-invalid
      service: { name: x, port: 1 }
      check:
        checkId: c
        name: c
        serviceId: x
        serviceName: x
        status: ok
    #< error consul/registration-invalid
        definition:
          intervalDuration: 10 seconds
    #< error consul/registration-invalid
          timeoutDuration: 1m30s
  `,
  );
});
