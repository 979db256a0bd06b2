import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { stateKind } from './state-kind.js';

test('reports records that Cilium keeps', () => {
  check(
    stateKind,
    `
    kind: CiliumEndpoint
    #     ^^^^^^^^^^^^^^ warning cilium/state-kind
    metadata: { name: web-1, namespace: shop }
    ---
    kind: CiliumBGPNodeConfigOverride
    metadata: { name: node-1 }
  `,
  );
});
