import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { peeringDuplicateSecret } from './peering-duplicate-secret.js';

test('one secret for two acceptors', () => {
  check(
    peeringDuplicateSecret,
    `
    kind: PeeringAcceptor
    metadata: { name: a, namespace: shop }
    spec: { peer: { secret: { name: s, key: data, backend: kubernetes } } }
    ---
    kind: PeeringAcceptor
    metadata: { name: b, namespace: shop }
    spec:
      peer:
        secret:
          name: s
    #< error consul/peering-duplicate-secret "PeeringAcceptor "a" uses Secret "s" too."
          key: data
          backend: kubernetes
    ---
    kind: PeeringDialer
    metadata: { name: c, namespace: shop }
    spec: { peer: { secret: { name: s, key: data, backend: kubernetes } } }
  `,
  );
});
