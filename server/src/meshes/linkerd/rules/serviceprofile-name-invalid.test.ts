import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceprofileNameInvalid } from './serviceprofile-name-invalid.js';

test('wants the whole DNS name of a Service', () => {
  check(
    serviceprofileNameInvalid,
    `
    kind: ServiceProfile
    metadata: { name: cart, namespace: shop }
    #                 ^^^^ warning linkerd/serviceprofile-name-invalid 💡 ""cart" is not the whole DNS name of a Service, as "service.namespace.svc.cluster.local". It is never looked up."
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop, namespace: shop }
    #                 ^^^^^^^^^ warning linkerd/serviceprofile-name-invalid 💡 ""cart.shop" is not the whole DNS name of a Service, as "service.namespace.svc.cluster.local". It is never looked up."
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop.svc, namespace: shop }
    #                 ^^^^^^^^^^^^^ warning linkerd/serviceprofile-name-invalid 💡 ""cart.shop.svc" is not the whole DNS name of a Service, as "service.namespace.svc.cluster.local". It is never looked up."
    ---
    kind: ServiceProfile
    metadata: { name: api.example.org, namespace: shop }
    #                 ^^^^^^^^^^^^^^^ info linkerd/serviceprofile-name-invalid ""api.example.org" is not the whole DNS name of a Service, as "service.namespace.svc.cluster.local". Only pods with config.linkerd.io/enable-external-profiles look it up."
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local, namespace: shop }

  `,
  );
});
