import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownBackend } from './unknown-backend.js';

const service = `
    ---
    kind: Service
    metadata: { name: storefront, namespace: shop }
    spec: { ports: [{ port: 80 }] }
`;

test('reports backends and mirrors that are no Service', () => {
  check(
    unknownBackend,
    `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      rules:
      - backendRefs:
        - { name: storefront, port: 80 }
        - { name: strefront, port: 80 }
    #             ^^^^^^^^^ error gateway-api/unknown-backend 💡 "No Service "shop/strefront" exists ("shop/storefront" exists). Its requests get 500."
        - { name: storefront.shop.svc.cluster.local, port: 80 }
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error gateway-api/unknown-backend 💡
        - { name: pool, kind: InferencePool, group: inference.networking.k8s.io }
        - { name: "{{ .Values.backend }}", port: 80 }
        filters:
        - type: RequestMirror
          requestMirror: { backendRef: { name: shadow, port: 80 } }
    #                                          ^^^^^^ error gateway-api/unknown-backend "No Service "shop/shadow" exists in this workspace. This filter reaches nothing."
${service}
  `,
  );
});

test('in the open world, warns where the namespace is at hand and is silent elsewhere', () => {
  check(
    unknownBackend,
    `
    kind: TLSRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      rules:
      - backendRefs:
        - { name: ledger, port: 80 }
    #             ^^^^^^ warning gateway-api/unknown-backend "No Service "shop/ledger" exists in this workspace. Its connections are refused."
        - { name: ledger, port: 80, namespace: payments }
        - { name: storefront2, port: 80 }
${service}
  `,
    { world: 'open' },
  );
});

test('names the namespace of a Service that may be used', () => {
  const yaml = (backend: string) => `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: ingress }
    spec:
      rules:
      - backendRefs:
        - { name: ${backend}, port: 80 }
${service}
    ---
    kind: ReferenceGrant
    metadata: { name: from-ingress, namespace: shop }
    spec:
      from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ingress }]
      to: [{ group: "", kind: Service }]
`;
  checkFix(unknownBackend, yaml('store$0front'), 'Change to "shop/storefront"', yaml('storefront, namespace: shop'));
});
