import { defineRule } from '../../../rules/rule.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { goBoolean, TRANSPARENT, UPSTREAMS } from '../annotations.js';

export const upstreamAnnotationWithTproxy = defineRule({
  id: 'consul/upstream-annotation-with-tproxy',
  title: 'Upstreams beside a transparent proxy',
  severity: 'info',
  category: 'semantics',
  effect: 'The names of services work without it.',
  why: 'A transparent proxy takes connections to every service by its own name. Upstreams are for pods without one; beside it they open listeners that nobody needs.',
  remedy: 'Call services by their names, or switch the transparent proxy off for these pods.',
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
        consul.hashicorp.com/transparent-proxy: 'true'
        consul.hashicorp.com/connect-service-upstreams: 'db:5432'
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
        consul.hashicorp.com/transparent-proxy: 'false'
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

  kinds: POD_KINDS,
  reads: {},

  *check({ resource }) {
    const annotations = podTemplateOf(resource)?.annotations;
    const upstreams = annotations?.entry(UPSTREAMS);
    if (upstreams && upstreams.value.text() !== '' && goBoolean(annotations?.entry(TRANSPARENT)?.value.text() ?? '') === true)
      yield { at: upstreams.keyRange, message: 'These pods have a transparent proxy and need no upstreams.' };
  },
});
