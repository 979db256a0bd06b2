import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { ANY_NAMESPACE } from '../../kubernetes/lookups.js';
import { hiddenWorkloads, workloadsByLabel } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { externalWorkloadsOfServer, workloadsOfServer } from '../lookups.js';
import { externalWorkloadsIn } from '../tables.js';

export const serverSelectsNothing = defineRule({
  id: 'linkerd/server-selects-nothing',
  title: 'Server that selects no pod',
  severity: 'warning',
  category: 'reference',
  effect: 'It and the policies about it hold for nothing.',
  why: 'A Server picks pods of its own namespace by their labels, those of the pod template and not those of the Deployment or the Service. Where none has them, the port that it is meant for stays under the default policy.',
  remedy: 'Write labels of the pod template, or put the Server in the namespace of the pods.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: crat } }
  port: 8080
  accessPolicy: audit
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
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: 8080
  accessPolicy: audit
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

  kinds: ['Server'],
  reads: { workloadsOfServer, externalWorkloadsOfServer, workloadsByLabel, hiddenWorkloads, externalWorkloadsIn },

  *check({ resource, read }) {
    const { root } = resource;
    const place = namespaceKey(resource.namespace);
    for (const field of ['podSelector', 'externalWorkloadSelector'] as const) {
      const selector = root.map(`spec.${field}`);
      if (selector === undefined || hasOpaque(selector) || resource.partial) continue;
      const isExternal = field === 'externalWorkloadSelector';
      if ((isExternal ? read.externalWorkloadsOfServer(keyOf(resource)) : read.workloadsOfServer(keyOf(resource))).length > 0) continue;
      const hasWorkloads = read.workloadsByLabel(`${place}/`).length + read.externalWorkloadsIn(place).length > 0;
      if (!isExternal && read.hiddenWorkloads(resource.namespace ?? ANY_NAMESPACE).length > 0) continue;
      const labels = selector.map('matchLabels');
      yield {
        at: labels ?? selector,
        certainty: hasWorkloads ? 'owned' : 'unseen',
        message: `No ${isExternal ? 'ExternalWorkload' : 'pod'} of ${resource.namespace === undefined ? 'this workspace' : `"${resource.namespace}" in this workspace`} has the labels that this Server selects.`,
      };
    }
  },
});
