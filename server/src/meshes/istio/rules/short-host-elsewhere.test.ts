import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { shortHostElsewhere } from './short-host-elsewhere.js';

test('reports a short host whose Service is in another namespace', () => {
  check(
    shortHostElsewhere,
    `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: payment
    #             ^^^^^^^ error istio/short-host-elsewhere 💡 ""payment" means "payment.shop" here; the Service is in "payments"."
        - destination:
            host: cart
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    ---
    kind: Service
    metadata: { name: cart, namespace: test }
  `,
  );
});

test('is a warning in the open world, and silent where the namespace is not written', () => {
  check(
    shortHostElsewhere,
    `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      http:
      - mirror:
          host: payment
    #           ^^^^^^^ warning istio/short-host-elsewhere
    ---
    kind: VirtualService
    metadata: { name: payment }
    spec:
      tcp: [{ route: [{ destination: { host: payment } }] }]
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
  `,
    { world: 'open' },
  );
});

test('writes the full name; of two, neither by itself', () => {
  const yaml = (host: string) => `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec: { http: [{ route: [{ destination: { host: ${host} } }] }] }
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
  `;
  checkFix(
    shortHostElsewhere,
    yaml('payment'),
    'Change to "payment.payments.svc.cluster.local"',
    yaml('payment.payments.svc.cluster.local'),
  );
  expect(
    fixTitles(shortHostElsewhere, `${yaml('payment')}\n    ---\n    kind: Service\n    metadata: { name: payment, namespace: test }`),
  ).toEqual(['Change to "payment.payments.svc.cluster.local"', 'Change to "payment.test.svc.cluster.local"']);
});
