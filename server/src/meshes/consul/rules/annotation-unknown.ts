import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { nearest } from '../../../text/nearest.js';
import { removeEntry } from '../../../yaml/edit.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { annotationSites } from '../annotation-sites.js';
import { annotationNamed, ANNOTATIONS, META_PREFIX } from '../annotations.js';

export const annotationUnknown = defineRule({
  id: 'consul/annotation-unknown',
  title: 'Annotation that Consul does not know',
  severity: 'warning',
  category: 'reference',
  effect: 'It has no effect.',
  why: 'Consul reads annotations by their exact names and passes over all others without a word.',
  remedy: 'Correct the name, or remove the annotation.',
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
        consul.hashicorp.com/connect-service-upstream: 'db:5432'
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
        consul.hashicorp.com/connect-service-upstreams: 'db:5432'
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [...POD_KINDS, 'Namespace', 'Service', 'gateway.networking.k8s.io/Gateway'],
  reads: {},

  *check({ resource }) {
    for (const { name, keyRange, map } of annotationSites(resource)) {
      if (annotationNamed(name)) continue;
      const near = nearest(name, [...Object.keys(ANNOTATIONS), META_PREFIX]);
      const usable = near !== undefined && near !== META_PREFIX && !map.entry(near) ? near : undefined;
      yield {
        at: keyRange,
        message: `Consul knows no annotation "${shown(name)}"${usable === undefined ? '' : ` ("${usable}" exists)`}.`,
        data: { name, near: usable ?? null },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { name, near } = problem.data as { name: string; near: string | null };
    const site = annotationSites(resource).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, name);
    return [
      ...(near === null
        ? []
        : [
            {
              title: `Rename to "${near}"`,
              preferred: true,
              edits: [{ range: problem.at, text: text.slice(problem.at.start, problem.at.end).replace(name, near) }],
            },
          ]),
      ...(removal ? [{ title: `Remove "${shown(name)}"`, edits: [removal] }] : []),
    ];
  },
});
