import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { keyRange, placeOfName } from '../places.js';

export const webhookAddress = defineRule({
  id: 'istio/webhook-address',
  title: 'Webhook of an external control plane without a usable address',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0163', 'IST0164'],
  effect: 'The API server cannot call it.',
  why: 'With an external control plane the webhooks name its address in "url". Certificates are issued for host names, so an IP address works by luck only.',
  remedy: 'Write an https URL with the host name of the control plane.',
  example: {
    bad: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: istio-validator-external }
webhooks:
- name: validation.istio.io
  clientConfig: { url: "" }
`,
    good: `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: istio-validator-external }
webhooks:
- name: validation.istio.io
  clientConfig: { url: "https://istiod.example.com:15017/validate" }
`,
  },

  kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  reads: {},

  *check({ resource }) {
    if (!isOfIstio(resource)) return;
    for (const webhook of resource.root.list('webhooks.*')) {
      const node = webhook.get('clientConfig.url');
      if (webhook.has('clientConfig.service') || (node?.type === 'scalar' && node.opaque)) continue;
      const url = node?.text() ?? '';
      const at =
        node && node.end > node.start
          ? node
          : (keyRange(webhook, 'clientConfig.url') ?? keyRange(webhook, 'clientConfig') ?? webhook.get('name') ?? placeOfName(resource));
      if (url === '') {
        yield { at, peers: ['IST0163'], message: 'This webhook has neither a Service nor a URL.' };
        continue;
      }
      const host = /^[a-z][a-z0-9+.-]*:\/\/(\[[^\]/]*\]|[^/:?#\s]+)(:\d+)?([/?#]\S*)?$/i.exec(url)?.[1];
      if (host === undefined) yield { at, peers: ['IST0163'], message: 'This is no URL.' };
      else if (host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host))
        yield {
          at,
          severity: 'info',
          peers: ['IST0164'],
          message: `"${host}" is an address, not a host name.`,
          effect: 'Certificates seldom cover addresses.',
        };
    }
  },
});

function isOfIstio({ kind, name }: Resource): boolean {
  if (kind === 'MutatingWebhookConfiguration') return name.startsWith('istio-sidecar-injector');
  return name === 'istiod-default-validator' || name.startsWith('istio-validator');
}
