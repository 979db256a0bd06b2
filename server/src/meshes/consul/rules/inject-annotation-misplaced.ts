import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry } from '../../../yaml/edit.js';
import { POD_KINDS, podAnnotation, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { annotationSites } from '../annotation-sites.js';
import { isPodAnnotation } from '../annotations.js';

export const injectAnnotationMisplaced = defineRule({
  id: 'consul/inject-annotation-misplaced',
  title: 'Annotation for pods on what makes them',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect here.',
  why: 'Consul reads annotations of pods. Those of a Deployment are not handed on to its pods, so that they do nothing there.',
  remedy: 'Move it into the metadata of the pod template.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations: { consul.hashicorp.com/connect-inject: 'true' }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
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
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: POD_KINDS.filter((it) => it !== 'Pod'),
  reads: {},

  *check({ resource }) {
    const pods = podTemplateOf(resource);
    for (const { name, keyRange, value, onPods } of annotationSites(resource)) {
      if (onPods || !isPodAnnotation(name)) continue;
      const written = value.text();
      if (written !== undefined && pods && podAnnotation(pods, name) === written) continue;
      yield { at: keyRange, message: `"${name}" counts on pods, not on a ${resource.kind}.`, data: name };
    }
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const map = resource.root.map('metadata.annotations');
    const pods = podTemplateOf(resource);
    const value = map?.entry(name)?.value.text();
    const removal = map && removeEntry(text, map, name);
    if (!pods || !removal || value === undefined || pods.annotations?.entry(name)) return [];
    const metadata = pods.root.map('metadata');
    const quoted = `'${value.replaceAll("'", "''")}'`;
    const insertion = pods.annotations
      ? insertEntry(text, pods.annotations, name, quoted)
      : metadata
        ? insertEntry(text, metadata, 'annotations', `${name}: ${quoted}`)
        : insertEntry(text, pods.root, 'metadata', `annotations:\n  ${name}: ${quoted}`);
    return [{ title: 'Move to the pod template', preferred: true, edits: [removal, insertion] }];
  },
});
