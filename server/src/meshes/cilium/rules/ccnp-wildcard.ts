import { defineRule } from '../../../rules/rule.js';
import { clusterwidePolicyWith } from '../examples.js';
import { allEntries, peersOf, peerSelectors } from '../policy.js';
import { endpointSelectorIn, isEverything } from '../selectors.js';

export const ccnpWildcard = defineRule({
  id: 'cilium/ccnp-wildcard',
  title: 'Clusterwide policy that means every pod, and nothing but pods',
  severity: 'info',
  category: 'pitfall',
  effect: 'Nodes and what is outside of the cluster are not meant.',
  why: 'In a clusterwide policy "{}" stands for all pods that Cilium manages, in every namespace. It does not stand for nodes, pods in their network, or anybody outside.',
  remedy: 'Add a rule with the entities that are meant, too.',
  example: {
    bad: clusterwidePolicyWith('  ingress: [{ fromEndpoints: [{}] }]'),
    good: clusterwidePolicyWith('  ingress: [{ fromEntities: [cluster] }]'),
  },

  kinds: ['CiliumClusterwideNetworkPolicy'],
  reads: {},

  *check({ resource }) {
    const entries = allEntries(resource);
    for (const entry of entries) {
      // Who names entities beside it knows what it leaves out.
      if (
        entries.some(
          (it) => it.direction === entry.direction && it.isDeny === entry.isDeny && peersOf(it).some(({ key }) => key.endsWith('Entities')),
        )
      )
        continue;
      for (const at of peerSelectors(entry)) {
        if (isEverything(endpointSelectorIn(at))) yield { at, message: '"{}" means every pod of the cluster here.' };
      }
    }
  },
});
