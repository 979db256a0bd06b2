import { defineRule } from '../../../rules/rule.js';
import { POD_KINDS, podAnnotation, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { DNS, goBoolean } from '../annotations.js';
import { holds, keyOf } from '../fields.js';
import { injectsByDefault } from '../settings.js';
import { isInjected } from '../workloads.js';

export const dnsConfigConflict = defineRule({
  id: 'consul/dns-config-conflict',
  title: 'Own configuration of DNS beside that of Consul',
  severity: 'info',
  category: 'semantics',
  effect: 'The webhook cannot write its own.',
  why: 'With DNS by Consul the webhook writes the configuration of DNS into the pod. It cannot where the pod has one of its own.',
  remedy: 'Remove dnsConfig, or the annotation.',
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
        consul.hashicorp.com/consul-dns: 'true'
    spec:
      dnsConfig: { nameservers: [192.0.2.53] }
      containers: [{ name: web, image: shop/web:1 }]
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
        consul.hashicorp.com/consul-dns: 'true'
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
  reads: { injectsByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    if (!pods || !isInjected(pods, read.injectsByDefault()) || goBoolean(podAnnotation(pods, DNS) ?? '') !== true) return;
    if (pods.spec && holds(pods.spec, 'dnsConfig'))
      yield { at: keyOf(pods.spec, 'dnsConfig'), message: 'These pods have a "dnsConfig" of their own, and DNS by Consul is on.' };
  },
});
