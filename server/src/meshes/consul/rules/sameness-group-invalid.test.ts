import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { samenessGroupInvalid } from './sameness-group-invalid.js';

test('members and namespaces', () => {
  check(
    samenessGroupInvalid,
    `
    kind: SamenessGroup
    metadata: { name: a, namespace: default }
    spec:
      includeLocal: true
      members:
      - partition: p
        peer: x
    #< error consul/sameness-group-invalid
      - peer: y
      - peer: y
    #< error consul/sameness-group-invalid
    ---
    kind: SamenessGroup
    metadata:
      name: b
      namespace: shop
    #< error consul/sameness-group-invalid
    spec:
      members: []
    #< error consul/sameness-group-invalid
    ---
    kind: SamenessGroup
    metadata: { name: c, namespace: default }
    spec: { members: [{ peer: x }] }
  `,
  );
});

test('with Enterprise the own partition belongs to it', () => {
  check(
    samenessGroupInvalid,
    `
    kind: SamenessGroup
    metadata: { name: c, namespace: default }
    spec:
      members:
    #< error consul/sameness-group-invalid 💡
      - peer: x
    ---
    kind: SamenessGroup
    metadata: { name: d, namespace: default }
    spec: { members: [{ peer: x }, { partition: default }] }
  `,
    { settings: { consul: { edition: 'enterprise' } } },
  );
});
