import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { envoyFilterInternals } from './envoy-filter-internals.js';

test('tells of every EnvoyFilter', () => {
  check(
    envoyFilterInternals,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    #                 ^ info istio/envoy-filter-internals
    ---
    kind: DestinationRule
    metadata: { name: a, namespace: shop }
  `,
  );
});
