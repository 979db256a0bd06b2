import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { missingReferenceGrant } from './missing-reference-grant.js';

const service = `
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    spec: { ports: [{ port: 80 }] }
`;
const grant = (kind: string, to: string) => `
    ---
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata: { name: from-shop, namespace: payments }
    spec:
      from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: shop }]
      to: [${to}]
`;
const route = (mark = '') => `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      rules:
      - backendRefs:
        - name: payment
          port: 80
          namespace: payments
${mark}
`;
const mark = (severity: string) => `    #                ^^^^^^^^ ${severity} gateway-api/missing-reference-grant 💡`;

test('a Service of another namespace needs a grant', () => {
  check(
    missingReferenceGrant,
    route(`${mark('error')} "No ReferenceGrant in "payments" lets HTTPRoutes of "shop" use Service "payment". Requests get 500."`) +
      service,
  );
  check(missingReferenceGrant, route(mark('warning')) + service, { world: 'open' });
  check(missingReferenceGrant, route() + service.replace(', namespace: payments', ''));
});

test('a grant counts for its kinds and names only', () => {
  check(missingReferenceGrant, route() + service + grant('HTTPRoute', '{ group: "", kind: Service }'));
  check(missingReferenceGrant, route() + service + grant('HTTPRoute', '{ group: "", kind: Service, name: payment }'));
  check(missingReferenceGrant, route(mark('error')) + service + grant('GRPCRoute', '{ group: "", kind: Service }'));
  check(missingReferenceGrant, route(mark('error')) + service + grant('HTTPRoute', '{ group: "", kind: Service, name: ledger }'));
});

test('a certificate of another namespace needs a grant', () => {
  check(
    missingReferenceGrant,
    `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      listeners:
      - tls:
          certificateRefs:
          - name: shop-tls
          - name: shop-tls
            namespace: shop
    #                  ^^^^ error gateway-api/missing-reference-grant "No ReferenceGrant in "shop" lets Gateways of "ingress" use Secret "shop-tls". This listener does not work."
  `,
  );
});

test('creates the grant beside the Service', () => {
  checkFix(
    missingReferenceGrant,
    route().replace('namespace: payments', 'namespace: pay$0ments') + service,
    'Create ReferenceGrant "from-shop" (workspace/main.yaml)',
    `${route()}${service}    ---
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata:
      name: from-shop
      namespace: payments
    spec:
      from:
      - group: gateway.networking.k8s.io
        kind: HTTPRoute
        namespace: shop
      to:
      - group: ""
        kind: Service
        name: payment
`,
  );
});

test('asks for none where Linkerd carries the route out', () => {
  check(
    missingReferenceGrant,
    `
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      parentRefs: [{ group: "", kind: Service, name: cart }]
      rules: [{ backendRefs: [{ name: ledger, namespace: payments, port: 80 }] }]
    ---
    kind: Service
    metadata: { name: ledger, namespace: payments }
    spec: { ports: [{ port: 80 }] }
  `,
    { settings: { mesh: 'linkerd' } },
  );
});
