import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse, servicesNamed } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { egressNetworksNamed, hasServicesOf, isKindAtHand, serversNamed } from '../lookups.js';
import { ALL_ROUTES, linkerdParents } from '../references.js';
import { changeFixes, lackOf } from '../suggestions.js';
import { egressNetworksIn, POLICY_GROUP, serversIn } from '../tables.js';

export const routeParentNotFound = defineRule({
  id: 'linkerd/route-parent-not-found',
  title: 'Route attached to a Server, Service or EgressNetwork that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'The route takes nothing.',
  why: 'A route holds for what it is attached to. The controller sets its status to "NoMatchingParent" where there is no such thing: for a Server in the namespace of the route, for a Service or an EgressNetwork in the one that the parent names.',
  remedy: 'Correct the name. A Service in another namespace needs "namespace".',
  replaces: ['gateway-api/unknown-parent'],
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: crat, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
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
  reads: {
    isMeshInUse,
    servicesNamed,
    servicesIn,
    hasServicesOf,
    serversNamed,
    serversIn,
    egressNetworksNamed,
    egressNetworksIn,
    isKindAtHand,
  },

  *check({ resource, read }) {
    for (const ref of linkerdParents(resource, () => read.isMeshInUse('linkerd'))) {
      const { sort, name } = ref;
      if (sort === undefined) continue;
      const target = { name, namespace: sort === 'Server' ? resource.namespace : ref.namespace };
      const key = keyOf(target);
      const place = namespaceKey(target.namespace);
      const found =
        sort === 'Service' ? read.servicesNamed(key) : sort === 'Server' ? read.serversNamed(key) : read.egressNetworksNamed(key);
      if (found.length > 0) continue;
      const here = sort === 'Service' ? read.servicesIn(place) : sort === 'Server' ? read.serversIn(place) : read.egressNetworksIn(place);
      const { certainty, where, data } = lackOf(
        name,
        here.map((it) => it.data.name),
        sort === 'Service' ? read.hasServicesOf(place) : read.isKindAtHand(`${POLICY_GROUP}/${sort}`),
      );
      yield { at: ref.nameNode, certainty, message: `No ${sort} "${displayName(target)}" exists${where}.`, data };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
