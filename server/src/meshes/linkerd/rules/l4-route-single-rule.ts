import { defineRule } from '../../../rules/rule.js';
import { keyRange } from '../../gateway-api/ranges.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { L4_ROUTES, linkerdParents } from '../references.js';

export const l4RouteSingleRule = defineRule({
  id: 'linkerd/l4-route-single-rule',
  title: 'TLSRoute or TCPRoute that has not exactly one rule',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Rules of such routes match nothing, so a second one could never be reached. Linkerd takes exactly one; several backends in it share the connections.',
  remedy: 'Put all backends into one rule.',
  replaces: ['schema/out-of-range', 'schema/required-field', 'schema/condition'],
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 443 }]
  hostnames: [api.example.com]
  rules:
  - backendRefs: [{ name: cache, port: 443 }]
  - backendRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 443 }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Allow }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 443 }]
  hostnames: [api.example.com]
  rules:
  - backendRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 443 }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Allow }
`,
  },

  kinds: L4_ROUTES,
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const spec = resource.root.map('spec');
    const list = spec?.get('rules');
    if (spec === undefined || spec.partial || resource.partial || (list !== undefined && (list.type !== 'list' || list.partial))) return;
    const count = list?.items.length ?? 0;
    if (count === 1 || linkerdParents(resource, () => read.isMeshInUse('linkerd')).length === 0) return;
    yield {
      at: list?.items[1] ?? keyRange(spec, 'rules') ?? keyRange(resource.root, 'spec')!,
      message: `A ${resource.kind} on a parent of Linkerd has exactly one rule; this has ${count === 0 ? 'none' : count}.`,
    };
  },
});
