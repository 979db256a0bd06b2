import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { isEnrolled, isLabelledAmbient, isNamespaceEnrolled } from '../ambient.js';
import { ambientServiceOf, requestHostsOf } from '../ambient-routing.js';
import { namespaceLabels } from '../injection.js';
import { useWaypoint, waypointsAmong } from '../membership-fixes.js';
import { gatewaysIn } from '../../gateway-api/tables.js';
import { ownersOfHost } from '../lookups.js';

export const l7RoutingWithoutWaypoint = defineRule({
  id: 'istio/l7-routing-without-waypoint',
  title: 'Routes or limits for requests in ambient, and no waypoint sees them',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA0210', 'KIA0211', 'KIA1109', 'KIA1113'],
  effect: 'Calls from ambient go around it.',
  why: 'In ambient ztunnel forwards connections and knows nothing of requests. HTTP routes, outlier detection, HTTP limits and hashing by header work in a waypoint only, and traffic takes one only where the label istio.io/use-waypoint says so.',
  remedy: 'Set istio.io/use-waypoint on the Service or Namespace.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
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
  host: cart
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } }
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
  host: cart
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
  reads: { isLabelledAmbient, isNamespaceEnrolled, ownersOfHost, namespaceLabels, gatewaysIn },

  *check({ resource, read }) {
    const hosts = requestHostsOf(resource);
    const isRule = resource.kind === 'DestinationRule';
    const told = new Set<string>();
    let found = false;
    for (const node of hosts) {
      const service = ambientServiceOf(node, resource, read);
      if (!service) continue;
      found = true;
      if (told.has(service.resource) || isEnrolled(service.data.labels, read.isNamespaceEnrolled(service.data.namespace!))) continue;
      told.add(service.resource);
      yield {
        at: node,
        peers: [isRule ? 'KIA0211' : 'KIA1113'],
        message: `Service "${displayName(service.data)}" is in ambient and uses no waypoint.`,
        related: [{ at: service, message: `Service "${service.data.name}" has no label istio.io/use-waypoint` }],
        data: { enroll: service.resource, namespace: service.data.namespace! },
      };
    }
    const [first] = hosts;
    const namespace = namespaceKey(resource.namespace);
    if (found || first === undefined || !read.isLabelledAmbient(namespace) || read.isNamespaceEnrolled(namespace)) return;
    if (hosts.some((it) => it.text() === undefined)) return;
    const place = read.namespaceLabels(namespace);
    yield {
      at: first,
      peers: [isRule ? 'KIA0210' : 'KIA1109'],
      message: `Namespace "${namespace}" is in ambient and uses no waypoint.`,
      ...(place && { data: { enroll: place.resource, namespace } }),
    };
  },

  fix(context) {
    const { problem, read } = context;
    const repair = problem.data as { enroll: string; namespace: string } | undefined;
    return repair === undefined ? [] : useWaypoint(repair.enroll, context, waypointsAmong(read.gatewaysIn(repair.namespace)));
  },
});
