import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { services } from '../../kubernetes/tables.js';
import { isLabelledAmbient, isNamespaceEnrolled, needsWaypoint, unservedTarget } from '../ambient.js';
import { useWaypoint, waypointsAmong } from '../membership-fixes.js';
import { gatewaysIn } from '../../gateway-api/tables.js';
import { namespaceLabels } from '../injection.js';
import { placeOfName } from '../places.js';

const PEERS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'KIA0109',
  RequestAuthentication: 'KIA1110',
  WasmPlugin: 'KIA1111',
  Telemetry: 'KIA1112',
};

export const l7PolicyWithoutWaypoint = defineRule({
  id: 'istio/l7-policy-without-waypoint',
  title: 'Policy looks at requests in ambient, and no waypoint sees them',
  severity: 'warning',
  category: 'pitfall',
  peers: Object.values(PEERS),
  effect: 'It is not applied, or denies more than it says.',
  why: 'In ambient ztunnel sees connections only. What looks at requests (methods, paths, headers, tokens) needs a waypoint, and traffic takes one only where the label istio.io/use-waypoint says so.',
  remedy: 'Label the Service or the Namespace with istio.io/use-waypoint, and deploy that waypoint.',
  otherTools: 'Kiali reports policies that target a waypoint Gateway as well; those are served.',
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
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: tracing, namespace: shop }
spec:
  targetRefs: [{ group: "", kind: Service, name: cart }]
  tracing: [{ randomSamplingPercentage: 10 }]
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
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: tracing, namespace: shop }
spec:
  targetRefs: [{ group: "", kind: Service, name: cart }]
  tracing: [{ randomSamplingPercentage: 10 }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
  },

  workspaceMentions: ['ambient'],
  kinds: ['AuthorizationPolicy', 'RequestAuthentication', 'WasmPlugin', 'Telemetry'],
  reads: { isLabelledAmbient, isNamespaceEnrolled, pickedWorkloads, services, namespaceLabels, gatewaysIn },

  *check({ resource, read }) {
    if (!read.isLabelledAmbient(namespaceKey(resource.namespace)) || resource.partial || !needsWaypoint(resource)) return;
    const unserved = unservedTarget(resource, read);
    if (unserved === undefined) return;
    const ofGateway = [...resource.root.list('spec.targetRef'), ...resource.root.list('spec.targetRefs.*')].some(
      (it) => it.text('kind') === 'Gateway',
    );
    yield {
      at: placeOfName(resource),
      // It counts in that waypoint, for whatever is enrolled there one by one; only the namespace is not.
      ...(ofGateway && { severity: 'hint' as const, effect: 'It counts only for what is enrolled by itself.' }),
      peers: [PEERS[resource.kind]!],
      message: `This ${resource.kind} looks at requests, and ${unserved} uses no waypoint.`,
    };
  },

  fix(context) {
    const { resource, read } = context;
    const namespace = namespaceKey(resource.namespace);
    const place = read.namespaceLabels(namespace);
    // A Service or workload of its own mind would not follow the Namespace.
    if (!place || resource.root.has('spec.targetRef') || resource.root.has('spec.targetRefs')) return [];
    return useWaypoint(place.resource, context, waypointsAmong(read.gatewaysIn(namespace)));
  },
});
