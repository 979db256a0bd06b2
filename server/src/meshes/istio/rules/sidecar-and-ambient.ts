import { removeEntry } from '../../../yaml/edit.js';
import { podTemplateOf } from '../../kubernetes/pod-templates.js';
import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { workloads } from '../../kubernetes/tables.js';
import { isAmbientByLabel, isLabelledAmbient } from '../ambient.js';
import { namespaceLabels } from '../injection.js';
import { placeOfName } from '../places.js';

export const sidecarAndAmbient = defineRule({
  id: 'istio/sidecar-and-ambient',
  title: 'Workload is asked into ambient and to have a sidecar',
  severity: 'error',
  category: 'pitfall',
  peers: ['KIA1311', 'KIA1316'],
  effect: 'It gets a sidecar and stays out of ambient.',
  why: 'A pod is either captured by ztunnel or has a sidecar. Where labels ask for both the injector comes first, and the pod is left out of ambient.',
  remedy: 'Keep the label for one of the two.',
  otherTools:
    'Kiali reports each workload of a Namespace whose own labels contradict each other; here those are hints beside the one finding on the Namespace.',
  example: {
    bad: `
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
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
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
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  workspaceMentions: ['ambient'],
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout', 'Pod'],
  reads: { workloads, namespaceLabels, isLabelledAmbient },

  *check({ resource, read }) {
    const namespace = namespaceKey(resource.namespace);
    const workload = read.workloads(`${namespace}/${resource.kind}/${resource.name}`).find((it) => it.resource === resource.id);
    if (!workload || workload.data.incomplete || !isAmbientByLabel(workload.data, read.isLabelledAmbient(namespace))) return;
    const { labels, annotations } = workload.data;
    const place = read.namespaceLabels(namespace)?.data.labels ?? {};
    const inject = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
    if (inject === 'false' || place['istio-injection'] === 'disabled') return;
    const byNamespace = place['istio-injection'] === 'enabled' || Boolean(place['istio.io/rev']);
    const own = inject === 'true' || labels['istio.io/dataplane-mode'] === 'ambient';
    if (!byNamespace && inject !== 'true') return;
    // A Namespace that contradicts itself is told once, there: istio/injection-labels-conflict.
    const ofNamespace = byNamespace && !own;
    yield {
      at: ofNamespace || !workload.data.injectionRange ? placeOfName(resource) : workload.data.injectionRange,
      ...(ofNamespace ? { severity: 'hint' as const } : !byNamespace && { severity: 'warning' as const }),
      // One code goes by labels alone, the other is about sidecars in ambient namespaces.
      peers: [
        ...(byNamespace || labels['sidecar.istio.io/inject'] === 'true' ? ['KIA1311'] : []),
        ...(inject === 'true' && read.isLabelledAmbient(namespace) ? ['KIA1316'] : []),
      ],
      message: ofNamespace
        ? `Namespace "${resource.namespace}" asks for ambient and for a sidecar.`
        : `"${resource.name}" asks for a sidecar and is in ambient by ${labels['istio.io/dataplane-mode'] === 'ambient' ? 'its own label' : `Namespace "${resource.namespace}"`}.`,
    };
  },

  fix({ resource, text }) {
    const labels = podTemplateOf(resource)?.labels;
    return ['sidecar.istio.io/inject', 'istio.io/dataplane-mode'].flatMap((label) => {
      const value = labels?.entry(label)?.value.text();
      const edit = labels && (value === 'true' || value === 'ambient') ? removeEntry(text, labels, label) : undefined;
      return edit ? [{ title: `Remove ${label}`, edits: [edit] }] : [];
    });
  },
});
