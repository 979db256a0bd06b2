import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { noRules } from './no-rules.js';

test('reports a policy without a direction, and one whose lists are empty', () => {
  check(
    noRules,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
    #< error cilium/no-rules "This policy states no rule for ingress or egress."
      endpointSelector: {}
    ---
    kind: CiliumNetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
    #< error cilium/no-rules 💡 ""egress" of this policy is empty, and there is no other rule."
      endpointSelector: {}
      egress:
    ---
    kind: CiliumNetworkPolicy
    metadata: { name: deny, namespace: shop }
    spec:
      endpointSelector: {}
      ingress: []
      egressDeny: [{ toEntities: [world] }]
  `,
  );
});

test('offers to deny everything', () => {
  checkFix(
    noRules,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      endpointSelector: {}
      egress: []
  `,
    'Deny all egress: write "egress: [{}]"',
    `
    kind: CiliumNetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      endpointSelector: {}
      egress: [{}]
  `,
  );
});
