import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { nearest } from '../../../text/nearest.js';
import { quoteIfNeeded } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { DEFAULT_PORT, portNames, SERVICE_PORT } from '../annotations.js';
import { partOf } from '../fields.js';

export const portNotFound = defineRule({
  id: 'consul/port-not-found',
  title: 'Port of a service that no container has',
  severity: 'warning',
  category: 'reference',
  effect: 'Traffic reaches no port of the pod.',
  why: 'The proxy hands traffic to the port that the annotation names. By name, it is the port of a container; by a name that none has, the pod is not registered with a port.',
  remedy: 'Write the name of a container port, or its number.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
        consul.hashicorp.com/connect-service-port: htp
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
        consul.hashicorp.com/connect-service-port: http
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: POD_KINDS,
  reads: {},

  *check({ resource }) {
    const pods = podTemplateOf(resource);
    if (!pods || pods.specOpen) return;
    const names = portNames(pods);
    for (const annotation of [SERVICE_PORT, DEFAULT_PORT]) {
      const value = pods.annotations?.entry(annotation)?.value;
      const written = value?.text();
      if (value === undefined || written === undefined || written.trim() === '') continue;
      const missing = written
        .split(',')
        .map((it) => it.trim())
        .find((it) => it !== '' && !/^\d+$/.test(it) && !names.includes(it));
      if (missing === undefined) continue;
      const at = written.indexOf(missing);
      const near = nearest(missing, names);
      yield {
        at: partOf(value, at, at + missing.length),
        message: `No container has a port "${shown(missing)}"${near === undefined ? '' : ` ("${near}" exists)`}.`,
        data: near === undefined ? names : [near],
      };
    }
  },

  fix({ problem }) {
    const names = problem.data as readonly string[];
    return names.slice(0, 3).map((name) => ({
      title: `Change to "${name}"`,
      preferred: names.length === 1,
      edits: [{ range: problem.at, text: quoteIfNeeded(name) }],
    }));
  },
});
