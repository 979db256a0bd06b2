import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { POD_KINDS, podAnnotation, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { goBoolean, METRICS_MERGING } from '../annotations.js';
import { PREFIX } from '../names.js';

export const prometheusTlsIncomplete = defineRule({
  id: 'consul/prometheus-tls-incomplete',
  title: 'TLS for scraping without all its parts',
  severity: 'error',
  category: 'schema',
  effect: 'Its pods are not created.',
  why: 'Merged metrics are served with TLS by an authority, a certificate and a key. Some of them alone keep the pod from being created.',
  remedy: 'Set prometheus-ca-file or prometheus-ca-path, prometheus-cert-file and prometheus-key-file.',
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
        consul.hashicorp.com/enable-metrics-merging: 'true'
        consul.hashicorp.com/prometheus-ca-file: /tls/ca.crt
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
        consul.hashicorp.com/enable-metrics-merging: 'true'
        consul.hashicorp.com/prometheus-ca-file: /tls/ca.crt
        consul.hashicorp.com/prometheus-cert-file: /tls/tls.crt
        consul.hashicorp.com/prometheus-key-file: /tls/tls.key
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
    const pods = podTemplateOf(resource);
    if (!pods || pods.metadataOpen || goBoolean(podAnnotation(pods, METRICS_MERGING) ?? '') !== true) return;
    const has = (name: string): boolean => {
      const entry = pods.annotations?.entry(`${PREFIX}prometheus-${name}`);
      return entry !== undefined && entry.value.text() !== '';
    };
    const set = ['ca-file', 'ca-path', 'cert-file', 'key-file'].filter(has);
    if (set.length === 0) return;
    const missing = [...(has('ca-file') || has('ca-path') ? [] : ['ca-file']), ...['cert-file', 'key-file'].filter((it) => !has(it))];
    if (missing.length > 0)
      yield {
        at: pods.annotations!.entry(`${PREFIX}prometheus-${set[0]!}`)!.keyRange,
        message: `TLS for scraping lacks ${quotedList(missing.map((it) => 'prometheus-' + it))}.`,
      };
  },
});
