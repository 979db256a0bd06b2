import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { keyOf } from '../kinds/shared.js';
import { externalWorkloadsOfServer, PROXY_PORTS, workloadsOfServer } from '../lookups.js';
import { changeFixes } from '../suggestions.js';

export const serverPortNotFound = defineRule({
  id: 'linkerd/server-port-not-found',
  title: 'Server for a port name that none of its pods has',
  severity: 'warning',
  category: 'reference',
  effect: 'It covers no port.',
  why: 'The port of a Server is the name that a container gives to one of its TCP ports, in exactly that spelling. It is not the name of a port of the Service. Where no pod has it, the Server and all policies about it hold for nothing, and the default policy decides.',
  remedy: 'Write the name that the container gives to the port, or the number of the port.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: grpc
  accessPolicy: audit
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
spec:
  podSelector: { matchLabels: { app: cart } }
  port: http
  accessPolicy: audit
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
  reads: { workloadsOfServer, externalWorkloadsOfServer },

  *check({ resource, read }) {
    const node = resource.root.get('spec.port');
    const written = node?.text();
    if (node === undefined || written === undefined || written === '' || resource.partial || Object.hasOwn(PROXY_PORTS, written)) return;
    const pods = read.workloadsOfServer(keyOf(resource));
    const external = read.externalWorkloadsOfServer(keyOf(resource));
    if (pods.length + external.length === 0 || pods.some((it) => it.data.containersIncomplete)) return;
    const ports = [
      ...pods.flatMap((it) => it.data.containers.flatMap((container) => container.ports)),
      ...external.flatMap((it) => it.data.ports),
    ].filter((it) => it.protocol === 'TCP');
    if (ports.some((it) => it.name === written)) return;
    const names = [...new Set(ports.flatMap((it) => it.name ?? []))].sort();
    const near = nearest(written, names);
    const has = names.length === 0 ? '' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`;
    const [first] = [...pods, ...external];
    yield {
      at: node,
      message: `No TCP port of ${quotedList([...new Set([...pods, ...external].map((it) => displayName(it.data)))], 'or')} is named "${written}"${has}.`,
      related: first ? [{ at: first, message: `"${first.data.name}" is selected by this Server` }] : [],
      data: { values: near === undefined ? names.slice(0, 3) : [near], isCertain: near !== undefined },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
