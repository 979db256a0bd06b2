import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { terminatingGatewayInvalid } from './terminating-gateway-invalid.js';

test('certificates and keys', () => {
  check(
    terminatingGatewayInvalid,
    `
    kind: TerminatingGateway
    metadata: { name: out, namespace: shop }
    spec:
      services:
      - name: a
        certFile: /c.pem
    #< error consul/terminating-gateway-invalid
      - name: b
        keyFile: /k.pem
    #< error consul/terminating-gateway-invalid
      - name: c
        caFile: /ca.pem
      - name: d
        certFile: /c.pem
        keyFile: /k.pem
  `,
  );
});
