import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { labelSites } from '../annotation-sites.js';
import { isPodAnnotation } from '../annotations.js';

export const injectLabelInsteadOfAnnotation = defineRule({
  id: 'consul/inject-label-instead-of-annotation',
  title: 'Label where Consul reads an annotation',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'Consul looks for these names among the annotations of pods. A label of the same name does nothing.',
  remedy: 'Move it to the annotations of the pods.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web, consul.hashicorp.com/connect-inject: 'true' }
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

  kinds: POD_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange } of labelSites(resource))
      if (isPodAnnotation(name)) yield { at: keyRange, message: `"${name}" is an annotation of pods, not a label.`, data: name };
  },

  fix({ resource, problem, text }) {
    const name = problem.data as string;
    const pods = podTemplateOf(resource);
    const site = labelSites(resource).find((it) => it.keyRange.start === problem.at.start);
    const value = site?.value.text();
    const removal = site && removeEntry(text, site.map, name);
    const metadata = pods?.root.map('metadata');
    if (!pods || !metadata || !removal || value === undefined || pods.annotations?.entry(name)) return [];
    const quoted = `'${value.replaceAll("'", "''")}'`;
    const insertion = pods.annotations
      ? insertEntry(text, pods.annotations, name, quoted)
      : insertEntry(text, metadata, 'annotations', `${name}: ${quoted}`);
    return [{ title: 'Make it an annotation of the pods', preferred: true, edits: [removal, insertion] }];
  },
});
