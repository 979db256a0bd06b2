import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ingressGatewayDeprecated } from './ingress-gateway-deprecated.js';

test('ingress gateways', () => {
  check(
    ingressGatewayDeprecated,
    `
    kind: IngressGateway
    #< info consul/ingress-gateway-deprecated
    metadata: { name: in, namespace: shop }
    spec: { listeners: [{ port: 1, protocol: http, services: [{ name: a }] }] }
    ---
    kind: TerminatingGateway
    metadata: { name: out, namespace: shop }
    spec: { services: [{ name: a }] }
  `,
  );
});
