import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { gatewayRouteWithoutService } from './gateway-route-without-service.js';

test('backends of routes of a Gateway of Consul', () => {
  check(
    gatewayRouteWithoutService,
    `
    kind: Gateway
    apiVersion: gateway.networking.k8s.io/v1
    metadata: { name: gw, namespace: shop }
    spec: { gatewayClassName: consul, listeners: [{ name: http, port: 80, protocol: HTTP }] }
    ---
    kind: MeshService
    metadata: { name: payment, namespace: shop }
    spec: { name: payment, peer: east }
    ---
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ name: gw }]
      rules:
      - backendRefs:
        - group: consul.hashicorp.com
          kind: MeshService
          name: paymnet
    #< warning consul/gateway-route-without-service 💡
        - group: example.com
          kind: Bucket
    #< warning consul/gateway-route-without-service
          name: x
        - group: consul.hashicorp.com
          kind: MeshService
          name: payment
    ---
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec:
      parentRefs: [{ name: other }]
      rules: [{ backendRefs: [{ group: example.com, kind: Bucket, name: x }] }]
  `,
  );
});
