import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { protocolInvalid } from './protocol-invalid.js';

test('protocols that do not exist', () => {
  check(
    protocolInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
      protocol: HTTP
    #< error consul/protocol-invalid 💡 ""HTTP" is no protocol of Consul; use tcp, http, http2 or grpc."
    ---
    kind: ServiceDefaults
    metadata: { name: api, namespace: shop }
    spec:
      protocol: grpc
    ---
    kind: ServiceDefaults
    metadata: { name: db, namespace: shop }
    spec: {}
    ---
    kind: IngressGateway
    metadata: { name: in, namespace: shop }
    spec:
      listeners:
      - port: 80
    #< error consul/protocol-invalid "This listener has no protocol."
        services: [{ name: web }]
      - port: 81
        protocol: udp
    #< error consul/protocol-invalid
        services: [{ name: web }]
  `,
  );
});
