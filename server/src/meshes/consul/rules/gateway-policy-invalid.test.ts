import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { gatewayPolicyInvalid } from './gateway-policy-invalid.js';

test('listeners, kinds and sections', () => {
  check(
    gatewayPolicyInvalid,
    `
    kind: Gateway
    apiVersion: gateway.networking.k8s.io/v1
    metadata: { name: gw, namespace: shop }
    spec:
      gatewayClassName: consul
      listeners:
      - { name: http, port: 8080, protocol: HTTP }
    ---
    kind: GatewayPolicy
    metadata: { name: a, namespace: shop }
    spec:
      targetRef:
        group: gateway.networking.k8s.io/v1
        kind: Gateway
        name: gw
        sectionName: htp
    #< error consul/gateway-policy-invalid 💡
    ---
    kind: GatewayPolicy
    metadata: { name: b, namespace: shop }
    spec:
      targetRef:
    #< error consul/gateway-policy-invalid 💡
        group: gateway.networking.k8s.io/v1
        kind: Gateway
        name: gw
    ---
    kind: GatewayPolicy
    metadata: { name: c, namespace: shop }
    spec:
      targetRef:
        group: gateway.networking.k8s.io/v1
        kind: HTTPRoute
    #< error consul/gateway-policy-invalid
        name: web
        sectionName: http
    ---
    kind: GatewayPolicy
    metadata: { name: d, namespace: shop }
    spec: { targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: elsewhere, sectionName: x } }
  `,
  );
});
