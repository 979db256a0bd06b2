import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { insertEntry, quoteIfNeeded, replaceValue } from '../../../yaml/edit.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { nameOf } from '../fields.js';
import { hasAcls, injectsByDefault } from '../settings.js';
import { hidesLabels, hidesService, isGateway, isInjected, selectingKey, servicesSelecting, statedServices } from '../workloads.js';

export const serviceAccountMismatch = defineRule({
  id: 'consul/service-account-mismatch',
  title: 'Service account with another name than the service',
  severity: 'warning',
  category: 'semantics',
  effect: 'The init container waits for good.',
  why: 'With ACLs on, a pod logs in with its service account, and Consul lets it register a service of that very name only. The account default never works.',
  remedy: 'Give the pods a service account with the name of the service.',
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
      serviceAccountName: web
      containers: [{ name: web, image: shop/web:1 }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
`,
    settings: { consul: { acls: true } },
  },

  kinds: POD_KINDS,
  reads: { hasAcls, servicesSelecting, injectsByDefault },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    if (!read.hasAcls() || !pods || !isInjected(pods, read.injectsByDefault()) || isGateway(pods) || hidesService(pods)) return;
    const stated = statedServices(pods);
    if (stated.length > 1 || resource.partial) return;
    const found = stated.length > 0 || hidesLabels(pods) ? [] : read.servicesSelecting(selectingKey(pods, resource));
    const service = stated[0] ?? (found.length === 1 ? found[0]!.data.name : undefined);
    const node = pods.spec?.get('serviceAccountName') ?? pods.spec?.get('serviceAccount');
    if (service === undefined || (pods.spec?.partial ?? true) || (node?.type === 'scalar' && node.opaque)) return;
    const account = node?.text() ?? 'default';
    if (account === service) return;
    yield {
      at: node ?? nameOf(resource),
      message: `These pods run as "${shown(account)}" and are service "${shown(service)}"; with ACLs the two names are one.`,
      data: service,
    };
  },

  fix({ resource, problem, text }) {
    const service = problem.data as string;
    const spec = podTemplateOf(resource)?.spec;
    if (spec === undefined) return [];
    const node = spec.get('serviceAccountName');
    return [
      {
        title: `Set serviceAccountName: ${service}`,
        edits: [node ? replaceValue(text, node, service) : insertEntry(text, spec, 'serviceAccountName', quoteIfNeeded(service))],
      },
    ];
  },
});
