import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { permissiveMtlsInUse } from './permissive-mtls-in-use.js';

test('permissive that is allowed', () => {
  check(
    permissiveMtlsInUse,
    `
    kind: Mesh
    metadata: { name: mesh, namespace: shop }
    spec: { allowEnablingPermissiveMutualTLS: true }
    ---
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      mutualTLSMode: permissive
    #< info consul/permissive-mtls-in-use 💡
    ---
    kind: ServiceDefaults
    metadata: { name: api, namespace: shop }
    spec:
      mutualTLSMode: strict
  `,
  );
});
