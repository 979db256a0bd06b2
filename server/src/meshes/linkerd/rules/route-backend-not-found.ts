import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse, servicesNamed } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { egressNetworksNamed, hasServicesOf } from '../lookups.js';
import { ALL_ROUTES, backendsOf, isOutbound, linkerdParents } from '../references.js';
import { changeFixes, lackOf } from '../suggestions.js';
import { egressNetworksIn } from '../tables.js';

export const routeBackendNotFound = defineRule({
  id: 'linkerd/route-backend-not-found',
  title: 'Route sends requests to a Service that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'Its share of the requests gets 500.',
  why: 'A backend that does not exist stays in the route and answers its share with 500; the status says "BackendNotFound". A weight of 0 keeps requests away, and the status stays.',
  remedy: 'Correct the name. A Service in another namespace needs "namespace".',
  replaces: ['gateway-api/unknown-backend'],
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart-canary, port: 80 }] }]
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
  reads: { isMeshInUse, servicesNamed, servicesIn, hasServicesOf, egressNetworksNamed, egressNetworksIn },

  *check({ resource, read }) {
    if (!isOutbound(linkerdParents(resource, () => read.isMeshInUse('linkerd')))) return;
    for (const ref of backendsOf(resource)) {
      if (ref.sort === undefined) continue;
      const isService = ref.sort === 'Service';
      if ((isService ? read.servicesNamed(keyOf(ref)) : read.egressNetworksNamed(keyOf(ref))).length > 0) continue;
      const place = namespaceKey(ref.namespace);
      const here = isService ? read.servicesIn(place) : read.egressNetworksIn(place);
      const { certainty, where, data } = lackOf(
        ref.name,
        here.map((it) => it.data.name),
        // An EgressNetwork stands beside the routes that are attached to it.
        !isService || read.hasServicesOf(place),
      );
      yield { at: ref.nameNode, certainty, message: `No ${ref.sort} "${displayName(ref)}" exists${where}.`, data };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
