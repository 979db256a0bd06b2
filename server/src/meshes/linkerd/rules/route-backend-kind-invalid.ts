import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { ALL_ROUTES, backendsOf, isOutbound, linkerdParents } from '../references.js';

export const routeBackendKindInvalid = defineRule({
  id: 'linkerd/route-backend-kind-invalid',
  title: 'Route sends requests to something that Linkerd sends none to',
  severity: 'warning',
  category: 'reference',
  effect: 'Its share of the requests fails.',
  why: 'Linkerd sends requests to Services, and to an EgressNetwork where the route is attached to that same EgressNetwork. Of anything else the status says "InvalidKind".',
  remedy: 'Name a Service, or the EgressNetwork that the route is attached to.',
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ group: multicluster.x-k8s.io, kind: ServiceImport, name: cart, port: 80 }] }]
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
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ALL_ROUTES,
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const parents = linkerdParents(resource, () => read.isMeshInUse('linkerd'));
    if (!isOutbound(parents)) return;
    for (const ref of backendsOf(resource)) {
      if (ref.sort === undefined)
        yield {
          at: ref.node.get('kind') ?? ref.node.get('group') ?? ref.nameNode,
          message: `Linkerd sends no requests to a ${ref.kind}${ref.group === '' ? '' : ` of group "${ref.group}"`}.`,
        };
      else if (
        ref.sort === 'EgressNetwork' &&
        !parents.some((it) => it.sort === 'EgressNetwork' && it.name === ref.name && it.namespace === ref.namespace)
      )
        yield { at: ref.nameNode, message: `This route is not attached to EgressNetwork "${ref.name}", so it cannot send requests there.` };
    }
  },
});
