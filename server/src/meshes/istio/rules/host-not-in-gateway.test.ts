import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { hostNotInGateway } from './host-not-in-gateway.js';

test('reports a gateway that serves none of the hosts', () => {
  check(
    hostNotInGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      hosts: [shop.example.org, www.example.org]
      gateways:
      - mesh
      - istio-ingress/public
    #   ^^^^^^^^^^^^^^^^^^^^ warning istio/host-not-in-gateway 💡 "Gateway "istio-ingress/public" serves "*.example.com" and none of this VirtualService's hosts. It answers 404 for them."
      - istio-ingress/other
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
    spec: { servers: [{ hosts: ["*.example.com"] }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: other, namespace: istio-ingress }
    spec: { servers: [{ hosts: ["a.example.com"] }, { hosts: ["*.org"] }] }
  `,
  );
});

test('a server may admit its hosts from one namespace only', () => {
  check(
    hostNotInGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      hosts: [shop.example.com]
      gateways:
      - istio-ingress/public
    #   ^^^^^^^^^^^^^^^^^^^^ warning istio/host-not-in-gateway "Gateway "istio-ingress/public" serves "./*.example.com" and "payments/*" and none of this VirtualService's hosts."
      - istio-ingress/own
      - istio-ingress/all
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
    spec: { servers: [{ hosts: ["./*.example.com", "payments/*"] }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: own, namespace: istio-ingress }
    spec: { servers: [{ hosts: ["shop/*.example.com"] }] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: all, namespace: istio-ingress }
    spec: { servers: [{ hosts: ["*/shop.example.com"] }] }
  `,
  );
});

test('gateways and hosts that a template fills in are not judged', () => {
  check(
    hostNotInGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec: { hosts: ["{{ .Values.host }}"], gateways: [public] }
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart.example.com], gateways: [public, mesh] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { servers: [{ hosts: ["{{ .Values.domain }}"] }] }
  `,
  );
});

test('Gateways of the Gateway API serve the hostnames of their listeners', () => {
  check(
    hostNotInGateway,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      hosts: [shop.example.org]
      gateways:
      - narrow
    #   ^^^^^^ warning istio/host-not-in-gateway "Gateway "shop/narrow" serves "*.example.com" and none of this VirtualService's hosts."
      - wide
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: narrow, namespace: shop }
    spec: { gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: "*.example.com" }] }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: wide, namespace: shop }
    spec: { gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP }] }
  `,
  );
});

test('adds the host to every server of the Gateway', () => {
  const yaml = (hosts: string) => `
    # file: shop/storefront.yaml
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      hosts: [shop.example.org]
      gateways: [public]
    # file: ingress/gateway.yaml
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - hosts:
        - a.example.com${hosts}
  `;
  checkFix(
    hostNotInGateway,
    yaml(''),
    'Add "shop.example.org" to the Gateway (ingress/gateway.yaml)',
    yaml('\n        - "shop.example.org"'),
  );
});
