import { defineRule } from '../../../rules/rule.js';
import { removeEntry, replaceValue } from '../../../yaml/edit.js';
import { clusterwidePolicyWith } from '../examples.js';
import { isHostPolicy, partsOf } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const nodeSelectorInCnp = defineRule({
  id: 'cilium/node-selector-in-cnp',
  title: 'Policy of a namespace that selects nodes',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `Nodes belong to no namespace, so that only a CiliumClusterwideNetworkPolicy can be about them. ${WHY_REJECTED}`,
  remedy: 'Make it a CiliumClusterwideNetworkPolicy, or select pods.',
  example: {
    bad: clusterwidePolicyWith('  ingress: [{ fromEntities: [cluster] }]')
      .replace('CiliumClusterwideNetworkPolicy', 'CiliumNetworkPolicy')
      .replace('endpointSelector: { matchLabels: { app: web } }', 'nodeSelector: { matchLabels: { role: edge } }'),
    good: clusterwidePolicyWith('  ingress: [{ fromEntities: [cluster] }]').replace(
      'endpointSelector: { matchLabels: { app: web } }',
      'nodeSelector: { matchLabels: { role: edge } }',
    ),
  },

  kinds: ['CiliumNetworkPolicy'],
  reads: {},

  *check({ resource }) {
    for (const part of partsOf(resource)) {
      if (isHostPolicy(part))
        yield { at: part.node.entry('nodeSelector')!.keyRange, message: 'A CiliumNetworkPolicy cannot select nodes.' };
    }
  },

  fix({ resource, text }) {
    const kind = resource.root.get('kind');
    const metadata = resource.root.map('metadata');
    if (kind === undefined || metadata === undefined || partsOf(resource).some((it) => it.node.has('endpointSelector'))) return [];
    const removal = removeEntry(text, metadata, 'namespace');
    return [
      {
        title: 'Change to CiliumClusterwideNetworkPolicy',
        edits: [replaceValue(text, kind, 'CiliumClusterwideNetworkPolicy'), ...(removal ? [removal] : [])],
      },
    ];
  },
});
