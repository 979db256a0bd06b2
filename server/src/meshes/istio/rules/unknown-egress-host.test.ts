import { expect, test } from 'vitest';
import { check, fixTitles } from '../../../../../test/support/check.js';
import { unknownEgressHost } from './unknown-egress-host.js';

const service = `
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }`;

test('reports hosts that do not exist and names that are not full', () => {
  check(
    unknownEgressHost,
    `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec:
      egress:
      - hosts:
        - "./crat.shop.svc.cluster.local"
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/unknown-egress-host 💡 "No Service or ServiceEntry defines "crat.shop" ("cart" exists). This entry imports nothing."
        - ./cart
    #     ^^^^^^ warning istio/unknown-egress-host 💡 ""cart" is not a full name, so it matches no host."
        - shop/cart.shop.svc.cluster.local
        - istio-system/*
        - "*/*"
        - "*/*.example.com"
    #     ^^^^^^^^^^^^^^^^^ warning istio/unknown-egress-host "No Service or ServiceEntry has a host that "*.example.com" covers. This entry imports nothing."
        - "*/*.shop.svc.cluster.local"
        - ./cart.shop
    #     ^^^^^^^^^^^ warning istio/unknown-egress-host
        - ~/*
    ${service.trimStart()}
    `,
  );
});

test('in the open world a host outside the workspace proves nothing', () => {
  check(
    unknownEgressHost,
    `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { egress: [{ hosts: [payments/payment.payments.svc.cluster.local, "*/api.example.com", "*/*.example.org"] }] }${service}
    `,
    { world: 'open' },
  );
});

test('offers the full name', () => {
  expect(
    fixTitles(
      unknownEgressHost,
      `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { egress: [{ hosts: [./cart] }] }${service}`,
    ),
  ).toEqual(['★ Change to "./cart.shop.svc.cluster.local"']);
});
