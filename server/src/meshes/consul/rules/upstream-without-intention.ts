import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { insertItem, quoteIfNeeded } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { UPSTREAMS } from '../annotations.js';
import { partOf } from '../fields.js';
import { decisionOn, defaultDeny } from '../lookups.js';
import { injectsByDefault, isEnterprise } from '../settings.js';
import { intentionsOf } from '../tables.js';
import { upstreamsIn } from '../upstreams.js';
import { hidesLabels, hidesService, isInjected, selectingKey, servicesSelecting, statedServices } from '../workloads.js';

interface Data {
  readonly source: string | null;
  readonly upstream: string;
  readonly intention: string | null;
}

export const upstreamWithoutIntention = defineRule({
  id: 'consul/upstream-without-intention',
  title: 'Upstream that no intention allows',
  severity: 'warning',
  category: 'policy',
  effect: 'The upstream refuses every connection.',
  why: 'With a default that denies, a service may call another one only where an intention allows it. The proxy of the other one refuses every connection else.',
  remedy: 'Allow the caller in the intention of the upstream.',
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
        consul.hashicorp.com/transparent-proxy: 'false'
        consul.hashicorp.com/connect-service-upstreams: 'db:5432'
    spec:
      containers: [{ name: web, image: shop/web:1, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: deny, namespace: shop }
spec:
  destination: { name: '*' }
  sources: [{ name: '*', action: deny }]
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
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: deny, namespace: shop }
spec:
  destination: { name: '*' }
  sources: [{ name: '*', action: deny }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: db, namespace: shop }
spec:
  destination: { name: db }
  sources: [{ name: web, action: allow }]
`,
  },

  kinds: POD_KINDS,
  reads: { defaultDeny, decisionOn, intentionsOf, servicesSelecting, injectsByDefault, isEnterprise },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    const value = pods?.annotations?.entry(UPSTREAMS)?.value;
    const written = value?.text();
    if (!pods || value === undefined || written === undefined || !isInjected(pods, read.injectsByDefault()) || hidesService(pods)) return;
    const deny = read.defaultDeny();
    if (!deny) return;
    const selecting = hidesLabels(pods) ? [] : read.servicesSelecting(selectingKey(pods, resource));
    const account = pods.spec?.get('serviceAccountName');
    const source = statedServices(pods)[0] ?? selecting[0]?.data.name ?? account?.text();
    for (const upstream of upstreamsIn(written, read.isEnterprise())) {
      if (upstream.fault !== undefined || upstream.isQuery || upstream.peer !== undefined || upstream.datacenter !== undefined) continue;
      // Pods of a name that nothing here tells may be who an intention for the upstream is about.
      if (source === undefined && (account !== undefined || hidesLabels(pods) || read.intentionsOf(upstream.name).length > 0)) continue;
      const decision = read.decisionOn(`${source ?? 'default'}>${upstream.name}`);
      if (decision === 'hidden' || decision?.allows === true) continue;
      yield {
        at: partOf(value, upstream.start, upstream.end),
        certainty: 'owned',
        message: `No intention allows ${source === undefined ? 'these pods' : `"${shown(source)}"`} to call "${shown(upstream.name)}".`,
        related: [decision?.intention ?? deny].map((it) => ({ at: it, message: `ServiceIntentions "${it.data.name}" denies it` })),
        data: {
          source: source ?? null,
          upstream: upstream.name,
          intention: read.intentionsOf(upstream.name)[0]?.resource ?? null,
        } satisfies Data,
      };
    }
  },

  fix({ resource, problem, other }) {
    const { source, upstream, intention } = problem.data as Data;
    if (source === null) return [];
    if (intention === null)
      return [
        {
          title: `Create ServiceIntentions "${upstream}" for "${source}"`,
          edits: [
            {
              appendDocument: [
                'apiVersion: consul.hashicorp.com/v1alpha1',
                'kind: ServiceIntentions',
                'metadata:',
                `  name: ${quoteIfNeeded(upstream)}`,
                ...(resource.namespace === undefined ? [] : [`  namespace: ${resource.namespace}`]),
                'spec:',
                '  destination:',
                `    name: ${quoteIfNeeded(upstream)}`,
                '  sources:',
                `  - name: ${quoteIfNeeded(source)}`,
                '    action: allow',
              ].join('\n'),
            },
          ],
        },
      ];
    const found = other(intention);
    const list = found?.resource.root.get('spec.sources');
    if (!found || list?.type !== 'list' || list.items.some((it) => it.text('name') === source)) return [];
    return [
      {
        title: `Allow "${source}" in ServiceIntentions "${found.resource.name}" (${found.file})`,
        edits: [{ resource: intention, ...insertItem(found.text, list, `name: ${quoteIfNeeded(source)}\naction: allow`) }],
      },
    ];
  },
});
