import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidGatewayReference } from './invalid-gateway-reference.js';

test('reports names that no Gateway has', () => {
  check(
    invalidGatewayReference,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      gateways: [mesh, public, istio-ingress/public, "{{ .Values.gateway }}"]
      http:
      - match: [{ gateways: [istio-ingress/, /public, a_b/public, gw_1] }]
    #                        ^^^^^^^^^^^^^^ error istio/invalid-gateway-reference ""istio-ingress/" names no Gateway behind the slash."
    #                                        ^^^^^^^ error istio/invalid-gateway-reference
    #                                                 ^^^^^^^^^^ error istio/invalid-gateway-reference ""a_b" is no name of a namespace."
    #                                                             ^^^^ error istio/invalid-gateway-reference
      - match: [{ gateways: [public.istio-ingress.svc.cluster.local] }]
  `,
  );
});

test('leaves the slash out where no namespace is before it', () => {
  const yaml = (gateway: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart.example.com], gateways: [${gateway}], http: [{ directResponse: { status: 200 } }] }
    ---
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
  `;
  checkFix(invalidGatewayReference, yaml('/pub$0lic'), 'Change to "public"', yaml('public'));
});
