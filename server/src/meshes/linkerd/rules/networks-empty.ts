import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';

export const networksEmpty = defineRule({
  id: 'linkerd/networks-empty',
  title: 'List of networks without any',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A list of networks holds one at least. An EgressNetwork without the list is about all addresses outside of the cluster.',
  remedy: 'List a network, or, of an EgressNetwork, take the list out.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: cluster, namespace: shop }
spec: { networks: [] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: cluster, namespace: shop }
spec: { networks: [{ cidr: 10.0.0.0/8 }] }
`,
  },

  kinds: ['NetworkAuthentication', 'EgressNetwork'],
  reads: {},

  *check({ resource }) {
    const list = resource.root.get('spec.networks');
    if (list?.type !== 'list' || list.items.length > 0 || list.partial || resource.partial) return;
    yield { at: list, message: 'This list of networks is empty.' };
  },

  fix({ resource, text }) {
    const spec = resource.root.map('spec');
    const removal = spec && resource.kind === 'EgressNetwork' ? removeEntry(text, spec, 'networks') : undefined;
    return removal ? [{ title: 'Remove "networks", to mean all addresses outside of the cluster', edits: [removal] }] : [];
  },
});
