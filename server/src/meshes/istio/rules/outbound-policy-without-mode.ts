import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { isOpen } from '../kinds/shared.js';
import { keyRange } from '../places.js';

export const outboundPolicyWithoutMode = defineRule({
  id: 'istio/outbound-policy-without-mode',
  title: 'Sidecar sets an outbound traffic policy without saying which',
  severity: 'info',
  category: 'semantics',
  peers: ['KIA1007'],
  effect: 'It means REGISTRY_ONLY: calls to unknown hosts are refused.',
  why: 'The first mode, REGISTRY_ONLY, is what a missing one means. Who only wanted to touch the block gets the strictest policy.',
  remedy: 'Write the mode, REGISTRY_ONLY or ALLOW_ANY.',
  otherTools: 'Kiali reports an explicit REGISTRY_ONLY too, which it cannot tell from a missing mode.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: {} }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec: { outboundTrafficPolicy: { mode: REGISTRY_ONLY } }
`,
  },

  kinds: ['Sidecar'],
  reads: {},

  *check({ resource }) {
    const policy = resource.root.map('spec.outboundTrafficPolicy');
    if (!policy || isOpen(resource, 'spec.outboundTrafficPolicy') || policy.entry('mode')) return;
    yield { at: keyRange(resource.root, 'spec.outboundTrafficPolicy')!, message: 'This outboundTrafficPolicy has no mode.' };
  },

  fix({ resource, text }) {
    const policy = resource.root.map('spec.outboundTrafficPolicy');
    if (!policy) return [];
    return ['REGISTRY_ONLY', 'ALLOW_ANY'].map((mode, i) => ({
      title: `Set mode ${mode}`,
      preferred: i === 0,
      edits: [insertEntry(text, policy, 'mode', mode)],
    }));
  },
});
