import type { Definition } from '../../../model/facts.js';
import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import {
  externalWorkloadsOfServer,
  portsOfExternal,
  portsOfServer,
  serversOfExternal,
  serversOfWorkload,
  workloadsOfServer,
} from '../lookups.js';
import { servers, type ServerFacts } from '../tables.js';

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
  reads: { servers, workloadsOfServer, serversOfWorkload, externalWorkloadsOfServer, serversOfExternal },

  *check({ resource, read }) {
    const own = read.servers(keyOf(resource)).find((it) => it.resource === resource.id);
    if (own === undefined || own.data.incomplete) return;
    const pods = read.workloadsOfServer(keyOf(resource)).map((workload) => ({
      workload,
      rivals: read.serversOfWorkload(workloadKey(workload.data)),
      portsOf: (server: ServerFacts) => portsOfServer(server, workload.data),
    }));
    const externals = read.externalWorkloadsOfServer(keyOf(resource)).map((workload) => ({
      workload,
      rivals: read.serversOfExternal(`${namespaceKey(workload.data.namespace)}/${workload.data.name}`),
      portsOf: (server: ServerFacts) => portsOfExternal(server, workload.data),
    }));
    for (const { workload, rivals, portsOf } of [...pods, ...externals]) {
      const found = firstRival(own.data, rivals, portsOf);
      if (found === undefined) continue;
      yield {
        at: resource.root.get('metadata.name')!,
        message: `Server "${displayName(found.rival.data)}" covers port ${found.port} of "${workload.data.name}", too.`,
        related: [
          { at: found.rival, message: `Server "${found.rival.data.name}" is defined here` },
          { at: workload, message: `"${workload.data.name}" is selected by both` },
        ],
      };
      return;
    }
  },
});

/** An earlier Server by name for a port of the same workload. */
function firstRival(
  own: ServerFacts,
  rivals: readonly Definition<ServerFacts>[],
  portsOf: (server: ServerFacts) => readonly number[],
): { readonly rival: Definition<ServerFacts>; readonly port: number } | undefined {
  const ports = portsOf(own);
  for (const rival of rivals) {
    if (rival.data.incomplete || rival.data.namespace !== own.namespace || rival.data.name >= own.name) continue;
    const port = portsOf(rival.data).find((it) => ports.includes(it));
    if (port !== undefined) return { rival, port };
  }
  return undefined;
}
