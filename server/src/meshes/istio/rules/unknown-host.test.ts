import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { unknownHost } from './unknown-host.js';

const routeTo = (host: string, rest = '') => `
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [checkout]
    http:
    - route:
      - destination:
          host: ${host}
  ${rest}
`;

test('reports a destination that nothing defines, and the name that is nearest', () => {
  check(
    unknownHost,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: chekcout
    #             ^^^^^^^^ error istio/unknown-host 💡 "No Service or ServiceEntry defines "chekcout.shop" ("checkout.shop" exists)."
        - destination:
            host: checkout
        mirror:
          host: ledger
    #           ^^^^^^ error istio/unknown-host "No Service or ServiceEntry in this workspace defines "ledger.shop". Mirrored requests go nowhere."
    ---
    kind: Service
    metadata: { name: checkout, namespace: shop }
  `,
  );
});

test('in the open world, warns where the namespace is at hand and is silent where it is not', () => {
  check(
    unknownHost,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: ledger
    #             ^^^^^^ warning istio/unknown-host
        - destination:
            host: ledger.payments.svc.cluster.local
        - destination:
            host: api.example.com
        - destination:
            host: "{{ .Values.host }}"
    ---
    kind: Service
    metadata: { name: checkout, namespace: shop }
  `,
    { world: 'open' },
  );
});

test('hosts of ServiceEntries and those below their wildcards exist', () => {
  check(
    unknownHost,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: api.example.com }
        - destination: { host: eu.bookinfo.org }
    ---
    kind: ServiceEntry
    metadata: { name: partners, namespace: payments }
    spec: { hosts: [api.example.com, "*.bookinfo.org"] }
  `,
  );
});

test('reports hosts that exist but are not exported to here', () => {
  check(
    unknownHost,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: details.payments.svc.cluster.local
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/unknown-host "Service "payments/details" is not exported to "shop"."
    ---
    kind: Service
    metadata:
      name: details
      namespace: payments
      annotations: { networking.istio.io/exportTo: "., banana" }
  `,
  );
});

test('a Service of that name in another namespace is the business of another rule', () => {
  check(unknownHost, `${routeTo('payment')}\n  ---\n  kind: Service\n  metadata: { name: payment, namespace: payments }`);
  check(unknownHost, `${routeTo('payment.payments')}\n  ---\n  kind: Service\n  metadata: { name: payment, namespace: payments }`);
});

test('what settings call external is known', () => {
  check(unknownHost, routeTo('api.example.com'), { settings: { external: ['*.example.com'] } });
});

test('Flagger makes Services of its own', () => {
  check(
    unknownHost,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: cart-primary }
        - destination: { host: cart-canary }
        - destination: { host: cart-other }
    #                          ^^^^^^^^^^ error istio/unknown-host
    ---
    apiVersion: flagger.app/v1beta1
    kind: Canary
    metadata: { name: cart, namespace: shop }
    spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: cart } }
    ---
    kind: Service
    metadata: { name: other, namespace: shop }
  `,
  );
});

test('corrects a name, keeping quotes', () => {
  checkFix(
    unknownHost,
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: "chekc$0out" }
    ---
    kind: Service
    metadata: { name: checkout, namespace: shop }
  `,
    'Change to "checkout"',
    `
    kind: VirtualService
    metadata: { name: checkout, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: "checkout" }
    ---
    kind: Service
    metadata: { name: checkout, namespace: shop }
  `,
  );
});

test('finds the namespace that a full name got wrong, and declares hosts outside the cluster', () => {
  expect(
    fixTitles(
      unknownHost,
      `${routeTo('payment.shop.svc.cluster.local')}\n  ---\n  kind: Service\n  metadata: { name: payment, namespace: payments }\n  ---\n  kind: Service\n  metadata: { name: cart, namespace: shop }`,
    ),
  ).toEqual(['★ Change to "payment.payments.svc.cluster.local"', 'Declare "payment.shop" as external (.meshwright.yaml)']);
  expect(fixTitles(unknownHost, routeTo('api.example.com'))).toEqual([
    'Create ServiceEntry for "api.example.com"',
    'Declare "api.example.com" as external (.meshwright.yaml)',
  ]);
});
