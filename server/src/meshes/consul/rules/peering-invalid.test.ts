import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { peeringInvalid } from './peering-invalid.js';

test('backends and missing secrets', () => {
  check(
    peeringInvalid,
    `
    kind: PeeringAcceptor
    metadata: { name: a, namespace: shop }
    spec:
      peer:
        secret:
          name: s
          key: data
          backend: vault
    #< error consul/peering-invalid 💡
    ---
    kind: PeeringDialer
    metadata: { name: b, namespace: shop }
    spec:
      peer: {}
    #< error consul/peering-invalid
    ---
    kind: PeeringDialer
    metadata: { name: c, namespace: shop }
    spec: { peer: { secret: { name: t, key: data, backend: kubernetes } } }
  `,
  );
});
