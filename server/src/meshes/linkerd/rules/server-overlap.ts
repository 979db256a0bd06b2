import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { portsOfServer, serversOfWorkload, workloadsOfServer } from '../lookups.js';
import { servers } from '../tables.js';

export const serverOverlap = defineRule({
  id: 'linkerd/server-overlap',
  title: 'Two Servers for one port of a pod',
  severity: 'warning',
  category: 'semantics',
  effect: 'Of the two, the older one counts.',
  why: 'Of the Servers that cover one port of one pod, the oldest counts; of equally old ones, the first by name. Policies about the others hold for nothing, and only the log of the controller says so. Which one is the oldest depends on the order in which they were applied.',
  remedy: 'Delete one of them, or let them select different pods or ports.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http, accessPolicy: audit }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: everything, namespace: shop }
spec: { podSelector: {}, port: 8080, accessPolicy: audit }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
      - { name: cart, image: example.org/cart:1, ports: [{ name: http, containerPort: 8080 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http, accessPolicy: audit }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: everything, namespace: shop }
spec: { podSelector: {}, port: 9090, accessPolicy: audit }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
      - { name: cart, image: example.org/cart:1, ports: [{ name: http, containerPort: 8080 }] }
`,
  },

  kinds: ['Server'],
  reads: { servers, workloadsOfServer, serversOfWorkload },

  *check({ resource, read }) {
    const own = read.servers(keyOf(resource)).find((it) => it.resource === resource.id);
    if (own === undefined || own.data.incomplete) return;
    for (const workload of read.workloadsOfServer(keyOf(resource))) {
      const ports = portsOfServer(own.data, workload.data);
      for (const rival of read.serversOfWorkload(workloadKey(workload.data))) {
        if (rival.data.incomplete || rival.data.namespace !== own.data.namespace || rival.data.name >= own.data.name) continue;
        const shared = portsOfServer(rival.data, workload.data).find((it) => ports.includes(it));
        if (shared === undefined) continue;
        yield {
          at: resource.root.get('metadata.name')!,
          message: `Server "${displayName(rival.data)}" covers port ${shared} of "${workload.data.name}", too.`,
          related: [
            { at: rival, message: `Server "${rival.data.name}" is defined here` },
            { at: workload, message: `"${workload.data.name}" is selected by both` },
          ],
        };
        return;
      }
    }
  },
});
