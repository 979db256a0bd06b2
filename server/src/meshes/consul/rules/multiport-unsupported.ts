import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { POD_KINDS, podAnnotation, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { goBoolean, METRICS, METRICS_MERGING, SERVICE, TRANSPARENT } from '../annotations.js';
import { isTransparentByDefault } from '../settings.js';
import { isTransparent, namespaceTransparency, statedServices } from '../workloads.js';

export const multiportUnsupported = defineRule({
  id: 'consul/multiport-unsupported',
  title: 'Pod of several services with what only single ones have',
  severity: 'error',
  category: 'schema',
  effect: 'Its pods are not created.',
  why: 'A pod of several services has a proxy for each. Transparent proxies and metrics know one proxy a pod, so the webhook refuses the combination.',
  remedy: 'Switch transparent proxy, metrics and the merging of metrics off for these pods.',
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
        consul.hashicorp.com/connect-service: 'web,web-admin'
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
        consul.hashicorp.com/connect-service: 'web,web-admin'
        consul.hashicorp.com/transparent-proxy: 'false'
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
  reads: { namespaceTransparency, isTransparentByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    const entry = pods?.annotations?.entry(SERVICE);
    if (!pods || !entry || statedServices(pods).length < 2) return;
    const { namespace } = resource;
    const isOpen = pods.metadataOpen && !pods.annotations?.entry(TRANSPARENT);
    const ofNamespace = namespace === undefined ? undefined : read.namespaceTransparency(namespace);
    const reason =
      !isOpen && isTransparent(pods, ofNamespace, read.isTransparentByDefault()) === true
        ? 'a transparent proxy'
        : goBoolean(podAnnotation(pods, METRICS) ?? '') === true
          ? 'metrics'
          : goBoolean(podAnnotation(pods, METRICS_MERGING) ?? '') === true
            ? 'merged metrics'
            : undefined;
    if (reason !== undefined)
      yield {
        at: entry.value,
        message: `A pod of several services takes no ${reason.replace(/^an? /, '')}, which is on here.`,
        data: reason,
      };
  },

  fix({ resource, problem, text }) {
    const annotations = podTemplateOf(resource)?.annotations;
    if (problem.data !== 'a transparent proxy' || annotations === undefined) return [];
    const written = annotations.entry(TRANSPARENT)?.value;
    const edit = written ? replaceValue(text, written, 'false') : insertEntry(text, annotations, TRANSPARENT, "'false'");
    return [{ title: 'Switch the transparent proxy off for these pods', edits: [edit] }];
  },
});
