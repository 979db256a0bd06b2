import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { UPSTREAMS } from '../annotations.js';
import { partOf } from '../fields.js';
import { isEnterprise } from '../settings.js';
import { portNumber, upstreamsIn } from '../upstreams.js';

/** Ports that the proxy itself listens at. */
const OWN_PORTS: readonly number[] = [20_000, 15_001, 19_000, 20_100, 20_200, 20_600];

export const upstreamPortConflict = defineRule({
  id: 'consul/upstream-port-conflict',
  title: 'Local port of an upstream that is taken',
  severity: 'warning',
  category: 'semantics',
  effect: 'One of the two cannot listen.',
  why: 'Each upstream is a listener of the proxy in the pod. Two listeners, or a listener and a container, cannot have one port of one address.',
  remedy: 'Give each upstream a local port of its own.',
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
        consul.hashicorp.com/connect-service-upstreams: 'db:5432,cache:5432'
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
        consul.hashicorp.com/connect-service-upstreams: 'db:5432,cache:6379'
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
    const declared = (pods.spec?.list('containers.*.ports.*.containerPort') ?? []).flatMap((it) => it.number() ?? []);
    const bound = new Map<string, string>();
    for (const upstream of upstreamsIn(written, read.isEnterprise())) {
      const port = portNumber(upstream.port, pods);
      if (upstream.fault !== undefined || port === undefined) continue;
      const key = `${upstream.bindAddress ?? ''}:${port}`;
      const other = bound.get(key);
      bound.set(key, other ?? upstream.name);
      const isLocal = upstream.bindAddress === undefined;
      const holder =
        other !== undefined
          ? `upstream "${shown(other)}"`
          : isLocal && declared.includes(port)
            ? 'a container'
            : isLocal && OWN_PORTS.includes(port)
              ? 'the proxy itself'
              : undefined;
      if (holder !== undefined)
        yield {
          at: partOf(value, upstream.start, upstream.end),
          message: `Port ${port} of upstream "${shown(upstream.name)}" belongs to ${holder}.`,
        };
    }
  },
});
