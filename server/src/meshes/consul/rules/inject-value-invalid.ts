import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { goBoolean, INJECT, meantBoolean } from '../annotations.js';
import { scalarAt } from '../fields.js';

export const injectValueInvalid = defineRule({
  id: 'consul/inject-value-invalid',
  title: 'Value for injection that is no boolean',
  severity: 'error',
  category: 'schema',
  effect: 'Its pods are not created.',
  why: 'The webhook reads the annotation as Go reads booleans. It cannot read words such as enabled, and a pod with one is not created.',
  remedy: 'Write "true" or "false".',
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
        consul.hashicorp.com/connect-inject: enabled
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
    const value = podTemplateOf(resource)?.annotations?.entry(INJECT)?.value;
    const written = value?.text();
    if (value === undefined || written === undefined || goBoolean(written) !== undefined) return;
    yield {
      at: value,
      message: `"${shown(written)}" is no boolean; write "true" or "false".`,
      ...(meantBoolean(written) !== undefined && { data: String(meantBoolean(written)) }),
    };
  },

  fix({ resource, problem }) {
    const node = scalarAt(resource, problem);
    const { data } = problem;
    return node && typeof data === 'string'
      ? [{ title: `Change to "${data}"`, preferred: true, edits: [{ range: problem.at, text: `'${data}'` }] }]
      : [];
  },
});
