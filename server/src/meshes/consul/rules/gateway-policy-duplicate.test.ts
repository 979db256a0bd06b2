import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { gatewayPolicyDuplicate } from './gateway-policy-duplicate.js';

test('a second policy for one listener', () => {
  check(
    gatewayPolicyDuplicate,
    `
    kind: GatewayPolicy
    metadata: { name: a, namespace: shop }
    spec: { targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: gw, sectionName: http } }
    ---
    kind: GatewayPolicy
    metadata: { name: b, namespace: shop }
    spec:
      targetRef:
    #< error consul/gateway-policy-duplicate
        group: gateway.networking.k8s.io/v1
        kind: Gateway
        name: gw
        sectionName: http
    ---
    kind: GatewayPolicy
    metadata: { name: c, namespace: shop }
    spec: { targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: gw, sectionName: https } }
  `,
  );
});
