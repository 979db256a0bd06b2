import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { patchesOf, type EnvoyPatch } from '../envoy-filters.js';

export const envoyFilterOrder = defineRule({
  id: 'istio/envoy-filter-order',
  title: 'EnvoyFilter patch that depends on the order of other patches',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0151', 'IST0155'],
  effect: 'What it finds depends on the order of EnvoyFilters.',
  why: 'Patches that insert before or after something, replace or remove it, need it to be there. EnvoyFilters without a priority are applied by age and name, so a new one may come first or last.',
  remedy: 'Set spec.priority, or use INSERT_FIRST or ADD.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua, namespace: shop }
spec:
  configPatches:
  - applyTo: HTTP_FILTER
    patch:
      operation: INSERT_BEFORE
      value: { name: lua, typed_config: { '@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua } }
`,
    good: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua, namespace: shop }
spec:
  priority: 10
  configPatches:
  - applyTo: HTTP_FILTER
    patch:
      operation: INSERT_BEFORE
      value: { name: lua, typed_config: { '@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua } }
`,
  },

  kinds: ['EnvoyFilter'],
  reads: {},

  *check({ resource }) {
    const priority = resource.root.get('spec.priority');
    if (resource.partial || (priority && priority.number() !== 0)) return;
    const ofVersion = new Set<string>();
    for (const patch of patchesOf(resource.root)) {
      if (isRelative(patch)) {
        yield {
          at: patch.operation,
          peers: [ofVersion.has(patch.name) ? 'IST0155' : 'IST0151'],
          message: `${patch.operationText} is relative to other patches, and this EnvoyFilter has no priority.`,
        };
      }
      if (patch.ofVersion) ofVersion.add(patch.name);
    }
  },

  fix({ resource, text }) {
    const spec = resource.root.map('spec');
    if (!spec || spec.entry('priority')) return [];
    return [{ title: 'Set priority: 10', edits: [insertEntry(text, spec, 'priority', '10')] }];
  },
});

/** Operations on routes as a whole do not work at all: istio/envoy-filter-operation tells. */
function isRelative({ operationText, applyTo }: EnvoyPatch): boolean {
  if (operationText === 'INSERT_BEFORE' || operationText === 'INSERT_AFTER') return true;
  if (operationText === 'REMOVE') return applyTo !== 'ROUTE_CONFIGURATION' && applyTo !== 'HTTP_ROUTE';
  return operationText === 'REPLACE' && ['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST'].includes(applyTo);
}
