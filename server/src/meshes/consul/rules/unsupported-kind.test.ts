import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unsupportedKind } from './unsupported-kind.js';

test('a kind of the withdrawn catalog', () => {
  check(
    unsupportedKind,
    `
    kind: TrafficPermissions
    #< warning consul/unsupported-kind
    metadata: { name: a, namespace: shop }
    spec: { action: ACTION_ALLOW }
    ---
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec: { destination: { name: a }, sources: [{ name: b, action: allow }] }
  `,
  );
});
