import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { permissiveMtlsNotAllowed } from './permissive-mtls-not-allowed.js';

test('permissive without leave of the Mesh', () => {
  check(
    permissiveMtlsNotAllowed,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
      mutualTLSMode: permissive
    #< warning consul/permissive-mtls-not-allowed 💡 "Mesh "shop/mesh" does not allow permissive mutual TLS."
    ---
    kind: Mesh
    metadata: { name: mesh, namespace: shop }
    spec: { tls: {} }
    ---
    kind: ServiceDefaults
    metadata: { name: api, namespace: shop }
    spec:
      mutualTLSMode: strict
  `,
  );
});
