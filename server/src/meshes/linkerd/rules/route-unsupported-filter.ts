import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { GRPC_ROUTE, linkerdParents } from '../references.js';
import { GROUP as GATEWAY_GROUP } from '../../gateway-api/references.js';

const UNSUPPORTED: readonly string[] = ['RequestMirror', 'URLRewrite', 'ExtensionRef'];

export const routeUnsupportedFilter = defineRule({
  id: 'linkerd/route-unsupported-filter',
  title: 'Filter that Linkerd does not carry out',
  severity: 'error',
  category: 'semantics',
  effect: 'The whole route is ignored.',
  why: 'Linkerd changes headers and redirects; it does not mirror, rewrite or extend. A rule with such a filter cannot be translated, and then no rule of the route holds. On a backend only that backend is lost: its share of the requests gets 500.',
  remedy: 'Take the filter out; headers can be set and requests redirected.',
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules:
  - filters: [{ type: URLRewrite, urlRewrite: { hostname: cart.example.com } }]
    backendRefs: [{ name: cart, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules:
  - filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x-from, value: cart }] } }]
    backendRefs: [{ name: cart, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  // The schema of Linkerd's own HTTPRoute has none of these filters.
  kinds: [`${GATEWAY_GROUP}/HTTPRoute`, GRPC_ROUTE],
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const { root } = resource;
    const types = [...root.list('spec.rules.*.filters.*.type'), ...root.list('spec.rules.*.backendRefs.*.filters.*.type')];
    if (!types.some((it) => UNSUPPORTED.includes(it.text() ?? ''))) return;
    if (linkerdParents(resource, () => read.isMeshInUse('linkerd')).length === 0) return;
    const ofBackends = root.list('spec.rules.*.backendRefs.*.filters.*.type');
    for (const node of types) {
      const type = node.text() ?? '';
      if (!UNSUPPORTED.includes(type)) continue;
      yield {
        at: node,
        message: `Linkerd does not carry out ${type}.`,
        ...(ofBackends.includes(node) && { effect: 'Its share of the requests gets 500.' }),
      };
    }
  },
});
