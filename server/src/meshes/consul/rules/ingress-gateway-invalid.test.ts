import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ingressGatewayInvalid } from './ingress-gateway-invalid.js';

test('services, hosts and limits', () => {
  check(
    ingressGatewayInvalid,
    `
    kind: IngressGateway
    metadata: { name: in, namespace: shop }
    spec:
      defaults:
        maxConnections: 0
    #< error consul/ingress-gateway-invalid
      listeners:
      - port: 1
        protocol: tcp
        services:
        - name: a
          hosts: [a.example.com]
    #< error consul/ingress-gateway-invalid
        - name: b
    #< error consul/ingress-gateway-invalid
      - port: 2
        protocol: grpc
        services:
        - name: '*'
    #< error consul/ingress-gateway-invalid
      - port: 3
        protocol: http
        services:
        - name: '*'
          hosts: [x.example.com]
    #< error consul/ingress-gateway-invalid
        - name: c
          hosts: [c.example.com]
          maxConnections: 5
  `,
  );
});
