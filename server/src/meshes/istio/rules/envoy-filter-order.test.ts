import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { envoyFilterOrder } from './envoy-filter-order.js';

test('reports relative patches without a priority', () => {
  check(
    envoyFilterOrder,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - { applyTo: HTTP_FILTER, patch: { operation: INSERT_AFTER } }
    #                                               ^^^^^^^^^^^^ warning istio/envoy-filter-order 💡
      - { applyTo: CLUSTER, patch: { operation: REMOVE } }
    #                                           ^^^^^^ warning istio/envoy-filter-order 💡
      - { applyTo: HTTP_FILTER, patch: { operation: INSERT_FIRST } }
      - { applyTo: CLUSTER, patch: { operation: ADD } }
    ---
    kind: EnvoyFilter
    metadata: { name: b, namespace: shop }
    spec: { priority: -5, configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: INSERT_AFTER } }] }
    `,
  );
});

test('sets a priority', () => {
  checkFix(
    envoyFilterOrder,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - { applyTo: HTTP_FILTER, patch: { operation: INSERT_AFTER } }
    `,
    'Set priority: 10',
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - { applyTo: HTTP_FILTER, patch: { operation: INSERT_AFTER } }
      priority: 10
    `,
  );
});
