import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { nameRfc1035 } from './name-rfc1035.js';

test('names begin with a letter and have no dots', () => {
  check(
    nameRfc1035,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: 1st }
    #                 ^^^ warning kuma/name-rfc1035
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: cart.shop, namespace: shop }
    #                 ^^^^^^^^^ warning kuma/name-rfc1035
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, namespace: shop }
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kuma/name-rfc1035
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: cart-2, namespace: shop }
    ---
    kind: MeshTimeout
    metadata: { name: 1.timeout, namespace: shop }
  `,
  );
});

test('version 3 refuses them', () => {
  check(
    nameRfc1035,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: 1st }
    #                 ^^^ error kuma/name-rfc1035
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});
