import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { annotationSites } from '../annotation-sites.js';
import { annotationNamed, INJECT, meantBoolean, misfit } from '../annotations.js';

export const annotationValueInvalid = defineRule({
  id: 'consul/annotation-value-invalid',
  title: 'Value that an annotation does not take',
  severity: 'error',
  category: 'schema',
  effect: 'Consul cannot read it.',
  why: 'Annotations are text to Kubernetes, and Consul reads numbers, booleans, ports and JSON from them. Most of what it cannot read keeps the pod from being created.',
  remedy: 'Write a value of the sort that the annotation takes.',
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
        consul.hashicorp.com/sidecar-proxy-cpu-limit: half
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
        consul.hashicorp.com/sidecar-proxy-cpu-limit: 500m
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [...POD_KINDS, 'Service'],
  reads: {},

  *check({ resource }) {
    const pods = podTemplateOf(resource);
    for (const { name, value, onPods } of annotationSites(resource)) {
      const facts = annotationNamed(name);
      const written = value.text();
      if (!facts || written === undefined || name === INJECT || facts.writtenBySystem === true) continue;
      if (facts.on.includes('Pod') ? !onPods : !facts.on.includes(resource.kind)) continue;
      const reason = misfit(facts, written, pods);
      if (reason === undefined) continue;
      const meant = facts.type === 'bool' ? meantBoolean(written) : undefined;
      yield {
        at: written === '' ? (value.start < value.end ? value : (pods?.annotations?.entry(name)?.keyRange ?? value)) : value,
        message: `"${shown(written)}" does not fit "${name.slice(name.indexOf('/') + 1)}"; ${reason}.`,
        ...(meant !== undefined && { data: String(meant) }),
      };
    }
  },

  fix({ problem }) {
    const { data } = problem;
    return typeof data === 'string'
      ? [{ title: `Change to "${data}"`, preferred: true, edits: [{ range: problem.at, text: `'${data}'` }] }]
      : [];
  },
});
