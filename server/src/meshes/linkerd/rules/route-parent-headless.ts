import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse, servicesNamed } from '../../kubernetes/lookups.js';
import { keyOf } from '../kinds/shared.js';
import { ALL_ROUTES, linkerdParents } from '../references.js';

export const routeParentHeadless = defineRule({
  id: 'linkerd/route-parent-headless',
  title: 'Route attached to a Service without an address of its own',
  severity: 'warning',
  category: 'reference',
  effect: 'The route is not accepted and takes nothing.',
  why: 'The proxy of a client finds the route of a Service by the address that is called. A headless Service and one of type ExternalName have none, so the controller does not accept them as parents.',
  remedy: 'Attach the route to a Service with a cluster IP.',
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
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
spec: { clusterIP: None, ports: [{ name: http, port: 80 }] }
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
  reads: { isMeshInUse, servicesNamed },

  *check({ resource, read }) {
    for (const ref of linkerdParents(resource, () => read.isMeshInUse('linkerd'))) {
      if (ref.sort !== 'Service') continue;
      const found = read.servicesNamed(keyOf(ref));
      const [service] = found;
      if (!service || !found.every(({ data }) => data.headless || data.serviceType === 'ExternalName')) continue;
      yield {
        at: ref.nameNode,
        message: `Service "${displayName(service.data)}" ${service.data.headless ? 'is headless' : 'is of type ExternalName'} and cannot be a parent.`,
        related: [{ at: service, message: `Service "${displayName(service.data)}" is defined here` }],
      };
    }
  },
});
