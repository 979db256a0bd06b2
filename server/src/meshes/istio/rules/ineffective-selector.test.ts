import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { ineffectiveSelector } from './ineffective-selector.js';

test('reports selectors that pick pods of a Gateway', () => {
  check(
    ineffectiveSelector,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { app: edge } } }
    #       ^^^^^^^^ warning istio/ineffective-selector 💡 "The selector picks pods of Gateway "public", which takes policies by targetRefs only."
    ---
    kind: Telemetry
    metadata: { name: b, namespace: shop }
    spec: { selector: { matchLabels: { gateway.networking.k8s.io/gateway-name: public } }, targetRef: { kind: Gateway, name: public } }
    ---
    kind: WasmPlugin
    metadata: { name: c, namespace: payments }
    spec: { selector: { matchLabels: { app: edge } } }
    ---
    kind: Pod
    metadata: { name: public-istio-1, namespace: shop, labels: { app: edge, gateway.networking.k8s.io/gateway-name: public } }
    `,
  );
});

test('targets the Gateway instead', () => {
  checkFix(
    ineffectiveSelector,
    `
    kind: Telemetry
    metadata: { name: b, namespace: shop }
    spec:
      selector:
        matchLabels:
          gateway.networking.k8s.io/gateway-name: public
      tracing: []
    `,
    'Target Gateway "public" instead',
    `
    kind: Telemetry
    metadata: { name: b, namespace: shop }
    spec:
      targetRefs:
      - group: gateway.networking.k8s.io
        kind: Gateway
        name: public
      tracing: []
    `,
  );
});

test('the class of a Gateway is a label of its pods', () => {
  check(
    ineffectiveSelector,
    `
    kind: Telemetry
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { gateway.networking.k8s.io/gateway-class-name: istio } } }
    #       ^^^^^^^^ warning istio/ineffective-selector 💡 "The selector picks pods of Gateway "public", which takes policies by targetRefs only."
    ---
    kind: Telemetry
    metadata: { name: b, namespace: shop }
    spec: { selector: { matchLabels: { gateway.networking.k8s.io/gateway-class-name: other } } }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { gatewayClassName: istio }
    `,
  );
});
