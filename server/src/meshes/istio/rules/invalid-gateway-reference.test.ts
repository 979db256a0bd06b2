import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
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
