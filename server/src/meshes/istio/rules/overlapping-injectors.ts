import { defineRule } from '../../../rules/rule.js';
import { mutatingWebhooks } from '../../kubernetes/tables.js';
import { keyRange } from '../places.js';
import { isIstioWebhook, overlaps } from '../webhooks.js';
import { quotedList } from '../words.js';

export const overlappingInjectors = defineRule({
  id: 'istio/overlapping-injectors',
  title: 'Several injectors take the same pods',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0139'],
  effect: 'Which revision a pod gets is left to chance.',
  why: 'Each webhook whose selectors match a new pod is called. Where two injectors match, the pod gets the proxy of one of them, or of both.',
  remedy: 'Delete the webhook of the old installation, or keep the selectors apart by istio.io/rev.',
  example: {
    bad: `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: namespace.sidecar-injector.istio.io
  namespaceSelector: { matchLabels: { istio-injection: enabled } }
  clientConfig: { url: "https://istiod.example.com/inject" }
- name: old.sidecar-injector.istio.io
  namespaceSelector: { matchLabels: { istio-injection: enabled } }
  clientConfig: { url: "https://istiod-old.example.com/inject" }
`,
    good: `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector }
webhooks:
- name: namespace.sidecar-injector.istio.io
  namespaceSelector: { matchLabels: { istio-injection: enabled } }
  clientConfig: { url: "https://istiod.example.com/inject" }
- name: old.sidecar-injector.istio.io
  namespaceSelector: { matchLabels: { istio.io/rev: old }, matchExpressions: [{ key: istio-injection, operator: DoesNotExist }] }
  clientConfig: { url: "https://istiod-old.example.com/inject" }
`,
  },

  kinds: ['MutatingWebhookConfiguration'],
  reads: { mutatingWebhooks },

  *check({ resource, read }) {
    const all = read.mutatingWebhooks('');
    for (const webhook of resource.root.list('webhooks.*')) {
      const own = all.find((it) => it.resource === resource.id && it.data.name === webhook.text('name'));
      if (!own || !isIstioWebhook(own.data)) continue;
      const others = overlaps(own.data, all);
      if (others.length === 0) continue;
      yield {
        at: keyRange(webhook, 'namespaceSelector') ?? webhook.get('name') ?? webhook,
        message: `${quotedList([...new Set(others.map((it) => `${it.data.configuration}/${it.data.name}`))].sort())} ${others.length === 1 ? 'takes' : 'take'} some of the same pods.`,
        related: others.slice(0, 5).map((it) => ({ at: it, message: `webhook "${it.data.name}" of "${it.data.configuration}"` })),
      };
    }
  },
});
