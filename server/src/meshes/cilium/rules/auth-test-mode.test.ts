import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { authTestMode } from './auth-test-mode.js';

test('reports the mode that is for tests', () => {
  check(
    authTestMode,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - { fromEndpoints: [{}], authentication: { mode: test-always-fail } }
    #                                                  ^^^^^^^^^^^^^^^^ warning cilium/auth-test-mode 💡
      - { fromEndpoints: [{}], authentication: { mode: required } }
  `,
  );
});
