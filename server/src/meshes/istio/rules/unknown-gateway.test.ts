import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownGateway } from './unknown-gateway.js';

const gateway = `
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
`;

test('reports gateways that do not exist, in matches too', () => {
  check(
    unknownGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      gateways:
      - mesh
      - istio-ingress/public
      - istio-ingress/publik
    #   ^^^^^^^^^^^^^^^^^^^^ error istio/unknown-gateway 💡 "No Gateway "istio-ingress/publik" exists ("istio-ingress/public" exists). This VirtualService takes no traffic through it."
      - public
    #   ^^^^^^ error istio/unknown-gateway 💡 "No Gateway "shop/public" exists ("istio-ingress/public" exists)."
      - public.istio-ingress.svc.cluster.local
      http:
      - match:
        - gateways:
          - internal
    #       ^^^^^^^^ error istio/unknown-gateway "No Gateway "shop/internal" exists in this workspace."
${gateway}
  `,
  );
});

test('in the open world, warns of near misses and hints at what may be elsewhere', () => {
  check(
    unknownGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      gateways:
      - public
    #   ^^^^^^ warning istio/unknown-gateway
      - internal
    #   ^^^^^^^^ hint istio/unknown-gateway "Gateway "shop/internal" is not in this workspace; it may exist elsewhere."
      - istio-ingress/internal
    #   ^^^^^^^^^^^^^^^^^^^^^^ warning istio/unknown-gateway "No Gateway "istio-ingress/internal" exists in this workspace."
      - "{{ .Values.gateway }}"
${gateway}
  `,
    { world: 'open' },
  );
});

test('a gateway whose manifest leaves the namespace out may be the one', () => {
  check(
    unknownGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec: { gateways: [public] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public }
  `,
  );
});

test('a Gateway of the Gateway API exists as well', () => {
  check(
    unknownGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec: { gateways: [istio-ingress/public] }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
  `,
  );
});

test('changes to the gateway that exists', () => {
  const yaml = (name: string) => `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      gateways: ["${name}"]
${gateway}`;
  checkFix(unknownGateway, yaml('pub$0lic'), 'Change to "istio-ingress/public"', yaml('istio-ingress/public'));
});
