import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { patchesOf, type EnvoyPatch } from '../envoy-filters.js';

const WHOLE_ROUTES: readonly string[] = ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'];
const REPLACEABLE: readonly string[] = ['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST'];

export const envoyFilterOperation = defineRule({
  id: 'istio/envoy-filter-operation',
  title: 'EnvoyFilter operation that does not work on what it applies to',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0152', 'IST0153', 'IST0154'],
  effect: 'Istio skips this patch.',
  why: 'Not every operation is there for every part of the configuration: only filters and virtual hosts can be replaced, and routes and route configurations can be neither added nor removed.',
  remedy: 'Use MERGE, or apply the patch to something else.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: routes, namespace: shop }
spec:
  configPatches:
  - applyTo: ROUTE_CONFIGURATION
    patch: { operation: ADD, value: { request_headers_to_remove: [x-debug] } }
`,
    good: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: routes, namespace: shop }
spec:
  configPatches:
  - applyTo: ROUTE_CONFIGURATION
    patch: { operation: MERGE, value: { request_headers_to_remove: [x-debug] } }
`,
  },

  kinds: ['EnvoyFilter'],
  reads: {},

  *check({ resource }) {
    for (const patch of patchesOf(resource.root)) {
      const code = complaint(patch);
      if (code === undefined) continue;
      yield { at: patch.operation, peers: [code], message: `${patch.operationText} does not work on ${patch.applyTo}.` };
    }
  },

  fix({ resource, problem, text }) {
    const patch = patchesOf(resource.root).find((it) => it.operation.start === problem.at.start);
    return patch && patch.operationText !== 'REMOVE'
      ? [{ title: 'Change to MERGE', edits: [replaceValue(text, patch.operation, 'MERGE')] }]
      : [];
  },
});

function complaint({ operationText, applyTo }: EnvoyPatch): string | undefined {
  if (operationText === 'ADD' && WHOLE_ROUTES.includes(applyTo)) return 'IST0153';
  if (operationText === 'REMOVE' && WHOLE_ROUTES.includes(applyTo)) return 'IST0154';
  return operationText === 'REPLACE' && !REPLACEABLE.includes(applyTo) ? 'IST0152' : undefined;
}
