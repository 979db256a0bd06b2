import { removeEntry } from '../../../yaml/edit.js';
import { podTemplateOf } from '../../kubernetes/pod-templates.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { workloads } from '../../kubernetes/tables.js';
import { isAmbientByLabel, isLabelledAmbient, isWaypointName } from '../ambient.js';
import { namespaceLabels } from '../injection.js';
import { placeOfName } from '../places.js';

export const waypointWithoutAmbient = defineRule({
  id: 'istio/waypoint-without-ambient',
  title: 'Workload names a waypoint and is not in ambient',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA1312'],
  effect: 'Its traffic goes past the waypoint.',
  why: 'Only traffic of ambient is led through waypoints. Without istio.io/dataplane-mode: ambient on the Namespace or the pods the label istio.io/use-waypoint is idle.',
  remedy: 'Add istio.io/dataplane-mode: ambient, or remove the label.',
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
    metadata: { labels: { app: cart, istio.io/use-waypoint: waypoint } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, istio.io/use-waypoint: waypoint } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`,
  },

  workspaceMentions: ['use-waypoint'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout', 'Pod'],
  reads: { workloads, namespaceLabels, isLabelledAmbient },

  *check({ resource, read }) {
    const namespace = namespaceKey(resource.namespace);
    const workload = read.workloads(`${namespace}/${resource.kind}/${resource.name}`).find((it) => it.resource === resource.id);
    const place = read.namespaceLabels(namespace);
    if (!workload || workload.data.incomplete || !place) return;
    const { labels, annotations } = workload.data;
    const waypoint = labels['istio.io/use-waypoint'] ?? place.data.labels['istio.io/use-waypoint'];
    if (!isWaypointName(waypoint) || labels['istio.io/dataplane-mode'] === 'none') return;
    if (annotations['ambient.istio.io/redirection'] === 'enabled' || isAmbientByLabel(workload.data, read.isLabelledAmbient(namespace)))
      return;
    const own = labels['istio.io/use-waypoint'] !== undefined;
    yield {
      at: placeOfName(resource),
      message: `${own ? `"${resource.name}"` : `Namespace "${namespace}"`} names waypoint "${waypoint}", and "${resource.name}" is not in ambient.`,
      related: [{ at: place, message: `Namespace "${namespace}" is not in ambient` }],
    };
  },

  fix({ resource, text }) {
    const labels = podTemplateOf(resource)?.labels;
    const edit = labels?.entry('istio.io/use-waypoint') ? removeEntry(text, labels, 'istio.io/use-waypoint') : undefined;
    return edit ? [{ title: 'Remove istio.io/use-waypoint', edits: [edit] }] : [];
  },
});
