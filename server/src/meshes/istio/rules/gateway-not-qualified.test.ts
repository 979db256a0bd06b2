import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { gatewayNotQualified } from './gateway-not-qualified.js';

test('reports gateways written with dots, in matches too', () => {
  check(
    gatewayNotQualified,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      gateways:
      - public.istio-ingress
    #   ^^^^^^^^^^^^^^^^^^^^ warning istio/gateway-not-qualified 💡 ""public.istio-ingress" is the old way to write "istio-ingress/public"."
      - istio-ingress/public
      - public
      - mesh
      http:
      - match:
        - gateways: [public.istio-ingress.svc.cluster.local]
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/gateway-not-qualified
  `,
  );
});

test('writes namespace and name', () => {
  const yaml = (name: string) => `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec: { gateways: [${name}] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
  `;
  checkFix(gatewayNotQualified, yaml('public.istio-ingress'), 'Change to "istio-ingress/public"', yaml('istio-ingress/public'));
});
