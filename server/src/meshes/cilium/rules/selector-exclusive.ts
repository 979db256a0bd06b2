import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { clusterwidePolicyWith, policyWith } from '../examples.js';
import { partsOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const selectorExclusive = defineRule({
  id: 'cilium/selector-exclusive',
  title: 'Policy without a selector, or with two',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `A rule is about pods, by "endpointSelector", or about nodes, by "nodeSelector": one of the two, and never both. ${WHY_REJECTED}`,
  remedy: 'Keep the selector that is meant; "endpointSelector: {}" means every pod.',
  example: {
    bad: clusterwidePolicyWith('  nodeSelector: {}\n  ingress: [{ fromEntities: [cluster] }]'),
    good: policyWith('  ingress: [{ fromEntities: [cluster] }]'),
  },
  replaces: ['schema/one-of'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node, place } of partsOf(resource)) {
      if (resource.partial || node.partial) continue;
      const [pods, nodes] = [node.has('endpointSelector'), node.has('nodeSelector')];
      if (pods !== nodes) continue;
      if (pods)
        yield {
          at: laterOf(node.entry('endpointSelector')!.keyRange, node.entry('nodeSelector')!.keyRange),
          message: '"endpointSelector" and "nodeSelector" stand in one rule.',
        };
      else yield { at: place, message: 'This rule selects neither endpoints nor nodes.' };
    }
  },

  fix({ resource, problem, text }) {
    const part = partsOf(resource).find(
      ({ node }) => node.start <= problem.at.start && problem.at.end <= node.end && node.has('nodeSelector'),
    );
    if (!part) return [];
    return ['nodeSelector', 'endpointSelector'].flatMap((key) => {
      const edit = removeEntry(text, part.node, key);
      // Nodes can be selected by clusterwide policies only.
      return edit && !(key === 'endpointSelector' && resource.kind === 'CiliumNetworkPolicy')
        ? [{ title: `Remove "${key}"`, edits: [edit] }]
        : [];
    });
  },
});

function laterOf<T extends { readonly start: number }>(a: T, b: T): T {
  return a.start > b.start ? a : b;
}
