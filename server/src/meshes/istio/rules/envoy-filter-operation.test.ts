import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { envoyFilterOperation } from './envoy-filter-operation.js';

test('reports operations that Istio skips', () => {
  check(
    envoyFilterOperation,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - { applyTo: HTTP_ROUTE, patch: { operation: ADD } }
    #                                              ^^^ error istio/envoy-filter-operation 💡 "ADD does not work on HTTP_ROUTE. Istio skips this patch."
      - { applyTo: HTTP_ROUTE, patch: { operation: REMOVE } }
    #                                              ^^^^^^ error istio/envoy-filter-operation
      - { applyTo: CLUSTER, patch: { operation: REPLACE } }
    #                                           ^^^^^^^ error istio/envoy-filter-operation 💡
      - { applyTo: CLUSTER, patch: { operation: MERGE } }
      - { applyTo: HTTP_FILTER, patch: { operation: REPLACE } }
      - { applyTo: VIRTUAL_HOST, patch: { operation: ADD } }
    `,
  );
});
