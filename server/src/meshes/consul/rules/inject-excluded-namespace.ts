import { defineRule } from '../../../rules/rule.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { goBoolean, INJECT } from '../annotations.js';
import { EXCLUDED_NAMESPACES } from '../workloads.js';

export const injectExcludedNamespace = defineRule({
  id: 'consul/inject-excluded-namespace',
  title: 'Injection in a namespace that is never injected',
  severity: 'warning',
  category: 'semantics',
  effect: 'Its pods get no proxy.',
  why: 'The webhook leaves system namespaces alone, whatever their pods say.',
  remedy: 'Move the workload to a namespace of its own, or remove the annotation.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: kube-system }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata:
      labels: { app: web }
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
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
    const value = podTemplateOf(resource)?.annotations?.entry(INJECT)?.value;
    if (value === undefined || resource.namespace === undefined || !EXCLUDED_NAMESPACES.includes(resource.namespace)) return;
    if (goBoolean(value.text() ?? '') === true) yield { at: value, message: `Consul injects no pods in "${resource.namespace}".` };
  },
});
