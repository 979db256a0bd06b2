import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { selectedWorkloads } from '../../kubernetes/lookups.js';
import { isAmbientNamespace, isAmbientWorkload, namespaceLabels } from '../injection.js';
import { meshConfig } from '../mesh-config.js';
import { placeOfName } from '../places.js';
import { selectionOf } from '../selection.js';

export const sidecarInAmbient = defineRule({
  id: 'istio/sidecar-in-ambient',
  title: 'Sidecar resource for workloads in ambient',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0167'],
  effect: 'It has no effect on them.',
  why: 'A Sidecar configures sidecar proxies. Workloads in ambient have none: ztunnel and waypoints do not read it.',
  remedy: 'Delete it, or do what it was for in a waypoint.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: ["./*"] }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { egress: [{ hosts: ["./*"] }] }
`,
  },

  workspaceMentions: ['ambient'],
  kinds: ['Sidecar'],
  reads: { meshConfig, selectedWorkloads, isAmbientNamespace, namespaceLabels },

  *check({ resource, read }) {
    const selection = selectionOf(resource, read.meshConfig().rootNamespace);
    if (!selection) return;
    const namespace = namespaceKey(resource.namespace);
    const inAmbient = read.isAmbientNamespace(namespace);
    if (Object.keys(selection.labels).length === 0) {
      const place = inAmbient ? read.namespaceLabels(namespace) : undefined;
      if (!place) return;
      yield {
        at: placeOfName(resource),
        message: `Namespace "${namespace}" is in ambient.`,
        related: [
          {
            at: { resource: place.resource, range: place.data.injectionRange ?? place.range },
            message: `"${namespace}" joins ambient here`,
          },
        ],
      };
      return;
    }
    const workload = read.selectedWorkloads(selection.key).find((it) => isAmbientWorkload(it.data, inAmbient));
    if (!workload) return;
    yield {
      at: placeOfName(resource),
      message: `This Sidecar selects "${workload.data.name}", which is in ambient.`,
      related: [{ at: workload, message: `${workload.data.kind} "${workload.data.name}"` }],
    };
  },
});
