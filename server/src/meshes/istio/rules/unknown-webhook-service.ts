import { nearest } from '../../../text/nearest.js';
import { repairs } from '../validation/repairs.js';
import { defineRule } from '../../../rules/rule.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';

export const unknownWebhookService = defineRule({
  id: 'istio/unknown-webhook-service',
  title: 'Webhook of Istio calls a Service that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['IST0139'],
  effect: 'Pods are refused, or stay without a sidecar.',
  why: 'The API server calls the injector through this Service. Without it every call fails, and failurePolicy decides whether pods are refused or created without a proxy.',
  remedy: 'Correct the Service, or delete the webhook of an installation that is gone.',
  example: {
    bad: `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: sidecar-injector.istio.io
  clientConfig: { service: { name: istiod-old, namespace: istio-system } }
`,
    good: `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: sidecar-injector.istio.io
  clientConfig: { service: { name: istiod, namespace: istio-system } }
---
apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec: { ports: [{ name: https-webhook, port: 443 }] }
`,
  },

  kinds: ['MutatingWebhookConfiguration'],
  reads: { servicesNamed, servicesIn },

  *check({ resource, read }) {
    for (const webhook of resource.root.list('webhooks.*')) {
      const node = webhook.get('clientConfig.service.name');
      const name = node?.text();
      const namespace = webhook.text('clientConfig.service.namespace');
      if (node === undefined || name === undefined || namespace === undefined || webhook.text('name')?.endsWith('istio.io') !== true)
        continue;
      if (read.servicesNamed(`${namespace}/${name}`).length > 0) continue;
      const near = nearest(
        name,
        read.servicesIn(namespace).map((it) => it.data.name),
      );
      yield {
        at: node,
        certainty: read.servicesIn(namespace).length > 0 ? 'owned' : 'unseen',
        message: `No Service "${namespace}/${name}" is in this workspace.`,
        ...(near === undefined ? {} : { data: { write: near } }),
      };
    }
  },

  fix: repairs,
});
