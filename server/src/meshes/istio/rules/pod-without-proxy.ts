import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { workloads } from '../../kubernetes/tables.js';
import { namespaceLabels } from '../injection.js';
import { placeOfName } from '../places.js';

export const podWithoutProxy = defineRule({
  id: 'istio/pod-without-proxy',
  title: 'Running pod has no proxy though its Namespace is injected',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0103'],
  effect: 'It is outside the mesh until it is restarted.',
  why: 'Proxies are injected when a pod is created. A pod from before the label, or from a time when the injector did not answer, runs without one.',
  remedy: 'Restart the workload.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, uid: 6f1c }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, namespace: shop, uid: 6f1c }
spec: { containers: [{ name: cart, image: example.org/cart:1 }, { name: istio-proxy, image: example.org/proxy:1 }] }
`,
  },

  kinds: ['Pod'],
  reads: { workloads, namespaceLabels },

  *check({ resource, read }) {
    const pod = read.workloads(`${namespaceKey(resource.namespace)}/Pod/${resource.name}`).find((it) => it.resource === resource.id)?.data;
    // A manifest that was never applied has no proxy for good reason.
    if (!pod?.live || pod.incomplete || pod.hostNetwork || resource.namespace === undefined) return;
    const place = read.namespaceLabels(resource.namespace);
    if (place?.data.labels['istio-injection'] !== 'enabled' || place.data.labels['istio.io/dataplane-mode'] === 'ambient') return;
    if (pod.containers.some((it) => it.name === 'istio-proxy' && it.image !== '')) return;
    const inject = pod.labels['sidecar.istio.io/inject'] ?? pod.annotations['sidecar.istio.io/inject'];
    if (inject?.toLowerCase() === 'false') return;
    yield {
      at: placeOfName(resource),
      message: `"${resource.name}" runs without a proxy, and "${resource.namespace}" is injected.`,
      related: [
        {
          at: { resource: place.resource, range: place.data.injectionRange ?? place.range },
          message: `"${resource.namespace}" is injected by default here`,
        },
      ],
    };
  },
});
