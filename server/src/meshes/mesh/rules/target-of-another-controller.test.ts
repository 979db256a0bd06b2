import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { targetOfAnotherController } from './target-of-another-controller.js';

const policy = (className: string, mark = '') => `
    kind: AuthorizationPolicy
    apiVersion: security.istio.io/v1
    metadata: { name: public, namespace: edge }
    spec:
      targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: public }]
${mark}
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: edge }
    spec: { gatewayClassName: ${className} }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: GatewayClass
    metadata: { name: cilium }
    spec: { controllerName: io.cilium/gateway-controller }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: GatewayClass
    metadata: { name: istio }
    spec: { controllerName: istio.io/gateway-controller }
`;

test('reports a policy of Istio on a Gateway of Cilium', () => {
  check(
    targetOfAnotherController,
    policy(
      'cilium',
      '    #                                                                       ^^^^^^ warning mesh/target-of-another-controller',
    ),
  );
  check(targetOfAnotherController, policy('istio'));
  check(targetOfAnotherController, policy('unknown'));
});
