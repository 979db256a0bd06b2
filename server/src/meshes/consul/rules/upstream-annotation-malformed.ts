import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { UPSTREAMS } from '../annotations.js';
import { partOf } from '../fields.js';
import { isEnterprise } from '../settings.js';
import { portFault, upstreamsIn } from '../upstreams.js';

export const upstreamAnnotationMalformed = defineRule({
  id: 'consul/upstream-annotation-malformed',
  title: 'Upstream that Consul cannot read',
  severity: 'error',
  category: 'semantics',
  effect: 'The service of these pods is not registered.',
  why: 'Each upstream is a name and a local port, and what comes behind them has fixed forms. One element that cannot be read, and the service of the pod is not registered.',
  remedy: 'Write name:port, with name.svc.east.peer for a peer and a datacenter or options behind the port.',
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
        consul.hashicorp.com/connect-service-upstreams: db
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

  kinds: POD_KINDS,
  reads: { isEnterprise },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    const value = pods?.annotations?.entry(UPSTREAMS)?.value;
    const written = value?.text();
    if (!pods || value === undefined || written === undefined) return;
    for (const upstream of upstreamsIn(written, read.isEnterprise())) {
      const fault = upstream.fault ?? portFault(upstream.port, pods);
      if (fault === undefined) continue;
      yield {
        at: upstream.text === '' ? value : partOf(value, upstream.start, upstream.end),
        message: `Upstream "${shown(upstream.text)}" cannot be read: ${fault}.`,
      };
    }
  },
});
