import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidEnvoyPatch } from './invalid-envoy-patch.js';

test('reports what a patch lacks', () => {
  check(
    invalidEnvoyPatch,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - patch: { operation: REMOVE }
    #   ^^^^^ error istio/invalid-envoy-patch "This patch does not say what it applies to."
      - applyTo: CLUSTER
    #   ^^^^^^^ error istio/invalid-envoy-patch "This entry has no patch."
      - { applyTo: CLUSTER, patch: { value: {} } }
    #                       ^^^^^ error istio/invalid-envoy-patch "This patch has no operation."
      - { applyTo: CLUSTER, patch: { operation: MERGE } }
    #                                           ^^^^^ error istio/invalid-envoy-patch "A patch that does MERGE needs a value."
      - { match: { context: WAYPOINT } }
      - { applyTo: CLUSTER, patch: {{ .Values.patch }} }
  `,
  );
});

test('reports matches that do not go with the patch', () => {
  check(
    invalidEnvoyPatch,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - { applyTo: LISTENER, match: { cluster: { name: a } }, patch: { operation: REMOVE } }
    #                                 ^^^^^^^ error istio/invalid-envoy-patch "A patch of LISTENER is matched by "listener", not by "cluster"."
      - { applyTo: NETWORK_FILTER, match: { listener: { filterChain: { filter: {} } } }, patch: { operation: REMOVE } }
    #                                                                  ^^^^^^ error istio/invalid-envoy-patch
      - applyTo: HTTP_FILTER
        match: { listener: { filterChain: { filter: { name: envoy.filters.network.tcp_proxy, subFilter: { name: a } } } } }
    #                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/invalid-envoy-patch
        patch: { operation: REMOVE }
      - applyTo: HTTP_FILTER
        match: { listener: { filterChain: { filter: { name: envoy.http_connection_manager } } } }
    #                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/invalid-envoy-patch 💡
        patch: { operation: REMOVE }
  `,
  );
});

test('reports values without a type that Envoy has', () => {
  check(
    invalidEnvoyPatch,
    `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec:
      configPatches:
      - applyTo: HTTP_FILTER
        patch:
          operation: INSERT_BEFORE
          value:
            name: lua
    #       ^^^^ warning istio/invalid-envoy-patch
      - applyTo: HTTP_FILTER
        patch:
          operation: INSERT_BEFORE
          value:
            name: lua
            typed_config:
              "@type": type.googleapis.com/envoy.config.filter.http.lua.v2.Lua
    #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/invalid-envoy-patch
      - applyTo: CLUSTER
        patch: { operation: MERGE, value: { a: { "@type": envoy.Lua }, b: { "@type": type.googleapis.com/envoy.v3.Lua } } }
    #                                                     ^^^^^^^^^ error istio/invalid-envoy-patch ""envoy.Lua" is no type; they begin with "type.googleapis.com/"."
      - applyTo: CLUSTER
        patch: { operation: MERGE, value: text }
    #                                     ^^^^ error istio/invalid-envoy-patch
      - applyTo: HTTP_FILTER
        patch: { operation: MERGE, value: { name: a, typed_config: {} } }
  `,
  );
});

test('writes the name of today', () => {
  const yaml = (name: string) => `
    kind: EnvoyFilter
    metadata: { name: a, namespace: shop }
    spec: { configPatches: [{ applyTo: NETWORK_FILTER, match: { listener: { filterChain: { filter: { name: ${name} } } } }, patch: { operation: REMOVE } }] }
  `;
  checkFix(
    invalidEnvoyPatch,
    yaml('envoy.tcp_proxy'),
    'Change to "envoy.filters.network.tcp_proxy"',
    yaml('envoy.filters.network.tcp_proxy'),
  );
});
