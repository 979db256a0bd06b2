import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { entityInvalid } from './entity-invalid.js';

test('reports entities that do not exist', () => {
  check(
    entityInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress: [{ fromEntities: [wolrd, world-ipv4, kube-apiserver] }]
    #                            ^^^^^ error cilium/entity-invalid 💡 "There is no entity "wolrd" ("world" exists)."
      egress: [{ toEntities: [somebody] }]
    #                         ^^^^^^^^ error cilium/entity-invalid
  `,
  );
});

test('offers the nearest entity', () => {
  const policy = (name: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec: { endpointSelector: {}, ingress: [{ fromEntities: [${name}] }] }
`;
  checkFix(entityInvalid, policy('wolrd'), 'Change to "world"', policy('world'));
});
