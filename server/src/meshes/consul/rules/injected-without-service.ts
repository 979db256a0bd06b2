import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { quoteIfNeeded } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { nameOf } from '../fields.js';
import { injectsByDefault } from '../settings.js';
import { EXCLUDED_NAMESPACES, hasServices, hidesLabels, isGateway, isInjected, selectingKey, servicesSelecting } from '../workloads.js';

export const injectedWithoutService = defineRule({
  id: 'consul/injected-without-service',
  title: 'Injected pods that no Service selects',
  severity: 'warning',
  category: 'semantics',
  effect: 'The pods are never registered.',
  why: 'Consul registers pods by the Service that selects them. Without one the pods never join the mesh, and their init container waits.',
  remedy: 'Write a Service that selects the pods.',
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
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: api }, ports: [{ name: http, port: 80 }] }
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

  kinds: POD_KINDS.filter((it) => !['Pod', 'Job', 'CronJob'].includes(it)),
  reads: { servicesSelecting, hasServices, injectsByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    if (!pods || resource.namespace === undefined || !isInjected(pods, read.injectsByDefault()) || isGateway(pods) || hidesLabels(pods))
      return;
    if (EXCLUDED_NAMESPACES.includes(resource.namespace)) return;
    if (!read.hasServices(resource.namespace) || read.servicesSelecting(selectingKey(pods, resource)).length > 0) return;
    yield {
      at: nameOf(resource),
      certainty: 'owned',
      message: `No Service in this workspace selects the pods of "${shown(resource.name)}".`,
      data: pods.labels ? Object.fromEntries(pods.labels.texts()) : {},
    };
  },

  fix({ resource, problem }) {
    const labels = problem.data as Record<string, string>;
    const key = ['app.kubernetes.io/name', 'app'].find((it) => it in labels);
    const port = resource.root.list('spec.template.spec.containers.*.ports.*')[0]?.number('containerPort');
    if (key === undefined || port === undefined || resource.name === '') return [];
    return [
      {
        title: `Create Service "${resource.name}"`,
        edits: [
          {
            appendDocument: [
              'apiVersion: v1',
              'kind: Service',
              'metadata:',
              `  name: ${resource.name}`,
              ...(resource.namespace === undefined ? [] : [`  namespace: ${resource.namespace}`]),
              'spec:',
              '  selector:',
              `    ${quoteIfNeeded(key)}: ${quoteIfNeeded(labels[key]!)}`,
              '  ports:',
              `  - port: ${port}`,
            ].join('\n'),
          },
        ],
      },
    ];
  },
});
