import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { requiresRemoved } from './requires-removed.js';

const POLICY = `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    specs:
    - endpointSelector: {}
      ingress:
      - fromRequires: [{ matchLabels: { env: prod } }]
`;

test('reports requirements: a warning while they are deprecated, an error once they are gone', () => {
  check(requiresRemoved, `${POLICY}    #   ^^^^^^^^^^^^ error cilium/requires-removed`);
  check(requiresRemoved, `${POLICY}    #   ^^^^^^^^^^^^ warning cilium/requires-removed`, { settings: { cilium: { version: '1.18' } } });
  check(requiresRemoved, POLICY, { settings: { cilium: { version: '1.16' } } });
  check(requiresRemoved, POLICY.replace('fromRequires', 'fromEndpoints'));
});
