import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { INJECT, KUBERNETES_SERVICE } from '../annotations.js';
import { nameOf } from '../fields.js';
import { injectsByDefault } from '../settings.js';
import { hidesLabels, hidesService, isGateway, isInjected, selectingKey, servicesSelecting, statedServices } from '../workloads.js';

export const multipleServices = defineRule({
  id: 'consul/multiple-services',
  title: 'Several Services select injected pods',
  severity: 'warning',
  category: 'semantics',
  effect: 'Their registration depends on which one comes last.',
  why: 'A pod of the mesh is one service. With several Services to choose from, Consul registers the pods under more than one name, and nobody can tell which one intentions mean.',
  remedy: 'Name one in the annotation consul.hashicorp.com/kubernetes-service, or label the others consul.hashicorp.com/service-ignore.',
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
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-admin, namespace: shop }
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
        consul.hashicorp.com/kubernetes-service: web
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web-admin, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: POD_KINDS,
  reads: { servicesSelecting, injectsByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    if (!pods || !isInjected(pods, read.injectsByDefault()) || isGateway(pods) || hidesLabels(pods)) return;
    if (pods.annotations?.entry(KUBERNETES_SERVICE) || statedServices(pods).length > 1 || hidesService(pods)) return;
    const found = read.servicesSelecting(selectingKey(pods, resource));
    const names = [...new Set(found.map((it) => it.data.name))].sort();
    if (names.length < 2) return;
    yield {
      at: pods.annotations?.entry(INJECT)?.keyRange ?? nameOf(resource),
      message: `Services ${quotedList(names)} select these pods, and Consul registers them by one.`,
      related: found.slice(0, 5).map((it) => ({ at: it, message: `Service "${it.data.name}" selects them` })),
      data: names,
    };
  },

  fix({ resource, problem, text }) {
    const annotations = podTemplateOf(resource)?.annotations;
    return annotations === undefined
      ? []
      : (problem.data as readonly string[]).slice(0, 3).map((name) => ({
          title: `Register by Service "${name}"`,
          edits: [insertEntry(text, annotations, KUBERNETES_SERVICE, name)],
        }));
  },
});
