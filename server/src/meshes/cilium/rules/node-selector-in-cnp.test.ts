import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { nodeSelectorInCnp } from './node-selector-in-cnp.js';

const POLICY = `
    kind: CiliumNetworkPolicy
    metadata: { name: edge, namespace: shop }
    spec:
      nodeSelector: { matchLabels: { role: edge } }
      ingress: [{ fromEntities: [cluster] }]
`;

test('reports nodes in a policy of a namespace, and not in a clusterwide one', () => {
  check(nodeSelectorInCnp, POLICY.replace(/( {6}nodeSelector.*\n)/, '$1    # ^^^^^^^^^^^^ error cilium/node-selector-in-cnp 💡\n'));
  check(nodeSelectorInCnp, POLICY.replace('CiliumNetwork', 'CiliumClusterwideNetwork'));
});

test('offers to make it clusterwide', () => {
  checkFix(
    nodeSelectorInCnp,
    POLICY,
    'Change to CiliumClusterwideNetworkPolicy',
    POLICY.replace('CiliumNetwork', 'CiliumClusterwideNetwork').replace(', namespace: shop', ''),
  );
});
