import { namespaceKey } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { servicesOfWorkload } from '../../kubernetes/lookups.js';
import { workloads } from '../../kubernetes/tables.js';
import { isAmbientByLabel, isEnrolled, isLabelledAmbient, isNamespaceEnrolled, someServiceEnrolled } from '../ambient.js';
import { isIstioManaged, namespaceLabels } from '../injection.js';
import { useWaypoint, waypointsAmong } from '../membership-fixes.js';
import { gatewaysIn } from '../../gateway-api/tables.js';
import { placeOfName } from '../places.js';
import { authorizationPolicies } from '../tables.js';

export const workloadWithoutWaypoint = defineRule({
  id: 'istio/workload-without-waypoint',
  title: 'Policy for requests covers a workload in ambient that no waypoint serves',
  severity: 'warning',
  category: 'policy',
  peers: ['KIA1317'],
  why: 'ztunnel enforces what a policy says of connections. What it says of requests needs a waypoint in front of the workload; without one ztunnel refuses such traffic or the rule does nothing.',
  effect: 'The policy cannot do there what it says.',
  remedy: 'Lead the traffic of the workload through a waypoint, by istio.io/use-waypoint.',
  otherTools: 'Kiali warns in any case; where the whole Namespace is in ambient the warning stands on the policy, and here is a hint.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, istio.io/dataplane-mode: ambient } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
  },

  workspaceMentions: ['ambient'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout', 'Pod'],
  reads: { workloads, isLabelledAmbient, isNamespaceEnrolled, servicesOfWorkload, authorizationPolicies, namespaceLabels, gatewaysIn },

  *check({ resource, read }) {
    const namespace = namespaceKey(resource.namespace);
    const key = `${namespace}/${resource.kind}/${resource.name}`;
    const workload = read.workloads(key).find((it) => it.resource === resource.id);
    if (!workload || workload.data.incomplete || isIstioManaged(workload.data.labels)) return;
    const { labels } = workload.data;
    const inAmbient = read.isLabelledAmbient(namespace);
    if (!isAmbientByLabel(workload.data, inAmbient) || isEnrolled(labels, read.isNamespaceEnrolled(namespace))) return;
    if ('gateway.networking.k8s.io/gateway-name' in labels) return;
    const services = read.servicesOfWorkload(key);
    if (someServiceEnrolled(services)) return;
    const policy = read.authorizationPolicies(namespace).find(({ data }) => {
      if (!data.looksAtRequests) return false;
      if (data.hasTargetRef) return data.targetServices.some((name) => services.some((it) => it.data.name === name));
      return selects(data.selector ?? {}, labels);
    });
    if (!policy) return;
    yield {
      at: placeOfName(resource),
      // Of a Namespace in ambient istio/l7-policy-without-waypoint tells, on the policy.
      ...(inAmbient && { severity: 'hint' as const }),
      message: `AuthorizationPolicy "${policy.data.name}" looks at requests to "${resource.name}", and no waypoint serves it.`,
      related: [{ at: policy, message: `AuthorizationPolicy "${policy.data.name}"` }],
    };
  },

  fix(context) {
    const { resource, read } = context;
    const namespace = namespaceKey(resource.namespace);
    const place = read.namespaceLabels(namespace);
    return place ? useWaypoint(place.resource, context, waypointsAmong(read.gatewaysIn(namespace))) : [];
  },
});
