import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceprofileServiceNotFound } from './serviceprofile-service-not-found.js';

test('looks for the Service of the name', () => {
  check(
    serviceprofileServiceNotFound,
    `
    kind: ServiceProfile
    metadata: { name: crat.shop.svc.cluster.local, namespace: shop }
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/serviceprofile-service-not-found 💡 "No Service "shop/crat" exists ("cart" exists). It has no effect."
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }

  `,
  );
});

test('in the open world, needs Services of the namespace', () => {
  check(
    serviceprofileServiceNotFound,
    `
    kind: ServiceProfile
    metadata: { name: ledger.payments.svc.cluster.local, namespace: payments }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }

  `,
    { world: 'open' },
  );
});
