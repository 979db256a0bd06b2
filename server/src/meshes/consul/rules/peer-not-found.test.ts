import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { peerNotFound } from './peer-not-found.js';

test('peers beside peerings', () => {
  check(
    peerNotFound,
    `
    kind: PeeringDialer
    metadata: { name: cluster-east, namespace: shop }
    spec: { peer: { secret: { name: s, key: data, backend: kubernetes } } }
    ---
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources:
      - name: b
        peer: cluster-eats
    #< info consul/peer-not-found 💡
        action: allow
      - name: c
        peer: cluster-east
        action: allow
  `,
  );
});

test('without any peering nothing is said', () => {
  check(
    peerNotFound,
    `
    kind: SamenessGroup
    metadata: { name: a, namespace: default }
    spec: { members: [{ peer: x }] }
  `,
  );
});
