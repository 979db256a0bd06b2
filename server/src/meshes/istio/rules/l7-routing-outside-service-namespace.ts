import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isLabelledAmbient } from '../ambient.js';
import { ambientServiceOf, requestHostsOf } from '../ambient-routing.js';
import { ownersOfHost } from '../lookups.js';

export const l7RoutingOutsideServiceNamespace = defineRule({
  id: 'istio/l7-routing-outside-service-namespace',
  title: 'Routes or limits for an ambient Service of another namespace',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA0212', 'KIA1114'],
  effect: 'The waypoint does not read it.',
  why: 'Sidecars belong to the client and take rules of the client’s namespace. A waypoint belongs to the Service, and takes VirtualServices and DestinationRules from the namespace of the Service only.',
  remedy: 'Move it to the namespace of the Service.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: platform }
spec:
  host: cart.shop.svc.cluster.local
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart.shop.svc.cluster.local
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
  },

  workspaceMentions: ['ambient'],
  kinds: ['VirtualService', 'DestinationRule'],
  reads: { isLabelledAmbient, ownersOfHost },

  *check({ resource, read }) {
    const { namespace } = resource;
    if (namespace === undefined) return;
    const told = new Set<string>();
    for (const node of requestHostsOf(resource)) {
      const service = ambientServiceOf(node, resource, read);
      if (!service || service.data.namespace === namespace || told.has(service.resource)) continue;
      told.add(service.resource);
      yield {
        at: node,
        peers: [resource.kind === 'DestinationRule' ? 'KIA0212' : 'KIA1114'],
        message: `Service "${displayName(service.data)}" is in ambient, and this ${resource.kind} is in "${namespace}".`,
        related: [{ at: service, message: `Service "${service.data.name}" is defined here` }],
      };
    }
  },
});
