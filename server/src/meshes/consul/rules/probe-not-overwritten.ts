import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry, replaceValue } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { EXCLUDE_INBOUND, goBoolean, OVERWRITE_PROBES } from '../annotations.js';
import { injectsByDefault, isTransparentByDefault } from '../settings.js';
import { isInjected, isTransparent, namespaceTransparency } from '../workloads.js';

export const probeNotOverwritten = defineRule({
  id: 'consul/probe-not-overwritten',
  title: 'Probe that meets a proxy which wants TLS',
  severity: 'warning',
  category: 'semantics',
  effect: 'The probe fails, and the pod is never ready.',
  why: 'With a transparent proxy all traffic to the pod passes the proxy, which takes mutual TLS only. Probes of kubelet are plain, so Consul sends them elsewhere, unless the annotation keeps it from that.',
  remedy: 'Exclude the port of the probe from the redirection, or remove the annotation.',
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
        consul.hashicorp.com/transparent-proxy-overwrite-probes: 'false'
    spec:
      containers: [{ name: web, image: shop/web:1, readinessProbe: { httpGet: { path: /, port: 8080 } } }]
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
      containers: [{ name: web, image: shop/web:1, readinessProbe: { httpGet: { path: /, port: 8080 } } }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: POD_KINDS,
  reads: { namespaceTransparency, isTransparentByDefault, injectsByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    const entry = pods?.annotations?.entry(OVERWRITE_PROBES);
    if (!pods || !entry || goBoolean(entry.value.text() ?? '') !== false || !isInjected(pods, read.injectsByDefault())) return;
    const { namespace } = resource;
    if (
      isTransparent(pods, namespace === undefined ? undefined : read.namespaceTransparency(namespace), read.isTransparentByDefault()) !==
      true
    )
      return;
    const excludedNode = pods.annotations?.entry(EXCLUDE_INBOUND)?.value;
    if (excludedNode?.type === 'scalar' && excludedNode.opaque) return;
    const excluded = (excludedNode?.text() ?? '').split(',').map((it) => it.trim());
    for (const container of pods.spec?.list('containers.*') ?? [])
      for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
        const port = container.get(`${probe}.httpGet.port`);
        const number =
          port?.number() ??
          container
            .list('ports.*')
            .find((it) => it.text('name') === port?.text())
            ?.number('containerPort');
        if (port === undefined || number === undefined || excluded.includes(String(number))) continue;
        yield {
          at: entry.value,
          message: `The ${probe} at port ${number} meets the proxy without TLS.`,
          related: [{ at: port, message: 'the probe is here' }],
          data: String(number),
        };
        return;
      }
  },

  fix({ resource, problem, text }) {
    const annotations = podTemplateOf(resource)?.annotations;
    if (annotations === undefined) return [];
    const removal = removeEntry(text, annotations, OVERWRITE_PROBES);
    const excluded = annotations.entry(EXCLUDE_INBOUND)?.value;
    const ports = [excluded?.text() ?? '', problem.data as string].filter((it) => it !== '').join(',');
    const exclusion = excluded ? replaceValue(text, excluded, ports) : insertEntry(text, annotations, EXCLUDE_INBOUND, `'${ports}'`);
    return [
      ...(removal ? [{ title: 'Let Consul send the probes elsewhere', edits: [removal] }] : []),
      { title: `Exclude port ${problem.data as string}`, edits: [exclusion] },
    ];
  },
});
