import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { destinationInvalid } from './destination-invalid.js';

test('addresses and ports', () => {
  check(
    destinationInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: a, namespace: shop }
    spec:
      destination:
        addresses:
        - 192.0.2.1
        - 192.0.2.1
    #< error consul/destination-invalid
        - https://api.example.com
    #< error consul/destination-invalid
        - '2001:db8::1'
        port: 443
    ---
    kind: ServiceDefaults
    metadata: { name: b, namespace: shop }
    spec:
      destination:
        addresses: []
    #< error consul/destination-invalid "This destination has no address."
        port: 70000
    #< error consul/destination-invalid
    ---
    kind: ServiceDefaults
    metadata: { name: c, namespace: shop }
    spec:
      destination:
    #< error consul/destination-invalid
        addresses: [db.example.com]
  `,
  );
});
