import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { gatewayListenerInvalid } from './gateway-listener-invalid.js';

test('listeners of a Gateway of Consul', () => {
  check(
    gatewayListenerInvalid,
    `
    kind: Gateway
    apiVersion: gateway.networking.k8s.io/v1
    metadata: { name: gw, namespace: shop }
    spec:
      gatewayClassName: consul
      addresses: [{ value: 192.0.2.1 }]
    #< warning consul/gateway-listener-invalid
      listeners:
      - name: a
        port: 20000
    #< warning consul/gateway-listener-invalid
        protocol: TLS
    #< warning consul/gateway-listener-invalid
        tls:
          mode: Passthrough
    #< warning consul/gateway-listener-invalid
      - name: b
        port: 443
        protocol: HTTPS
        tls:
          options:
            api-gateway.consul.hashicorp.com/tls_min_version: TLSv1_3
            api-gateway.consul.hashicorp.com/tls_cipher_suites: TLS_RSA_WITH_AES_128_CBC_SHA
    #< warning consul/gateway-listener-invalid
          certificateRefs:
          - name: x
            kind: ConfigMap
    #< warning consul/gateway-listener-invalid
      - name: c
        port: 443
    #< warning consul/gateway-listener-invalid
        protocol: HTTP
        allowedRoutes:
          kinds:
          - kind: GRPCRoute
    #< warning consul/gateway-listener-invalid
          - kind: HTTPRoute
    ---
    kind: Gateway
    apiVersion: gateway.networking.k8s.io/v1
    metadata: { name: other, namespace: shop }
    spec:
      gatewayClassName: istio
      listeners:
      - { name: a, port: 20000, protocol: TLS, tls: { mode: Passthrough } }
  `,
  );
});

test('classes of the workspace tell by their controller', () => {
  check(
    gatewayListenerInvalid,
    `
    kind: GatewayClass
    metadata: { name: edge }
    spec: { controllerName: consul.hashicorp.com/gateway-controller }
    ---
    kind: Gateway
    apiVersion: gateway.networking.k8s.io/v1
    metadata: { name: gw, namespace: shop }
    spec:
      gatewayClassName: edge
      listeners:
      - name: a
        port: 1
        protocol: UDP
    #< warning consul/gateway-listener-invalid
  `,
  );
});
