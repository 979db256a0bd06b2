import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { partsOf } from '../policy.js';
import { NAMESPACE_KEY, splitSource } from '../selectors.js';

export const namespaceMismatch = defineRule({
  id: 'cilium/namespace-mismatch',
  title: 'Policy that selects pods of another namespace than its own',
  severity: 'warning',
  category: 'policy',
  effect: 'Cilium puts its own namespace in the place of that one.',
  why: 'A CiliumNetworkPolicy is about pods of its own namespace and no other. Cilium overrides what its selector says of the namespace, so that the policy is about pods here that nobody meant.',
  remedy: 'Move the policy to that namespace, make it a CiliumClusterwideNetworkPolicy, or remove the label.',
  example: {
    bad: policyWith('  ingress: [{}]').replace('{ app: web }', '{ app: web, "k8s:io.kubernetes.pod.namespace": payments }'),
    good: policyWith('  ingress: [{}]'),
  },

  kinds: ['CiliumNetworkPolicy'],
  reads: {},

  *check({ resource }) {
    const { namespace } = resource;
    if (namespace === undefined) return;
    for (const { node } of partsOf(resource)) {
      for (const { key, value, keyOpaque } of node.map('endpointSelector.matchLabels')?.entries ?? []) {
        const written = value.text();
        if (keyOpaque || splitSource(key).name !== NAMESPACE_KEY || written === undefined || written === namespace) continue;
        yield { at: value, message: `This policy is in "${namespace}" and cannot select pods of "${written}".`, data: key };
      }
      for (const expression of node.list('endpointSelector.matchExpressions.*')) {
        const key = expression.text('key');
        if (key === undefined || splitSource(key).name !== NAMESPACE_KEY || expression.text('operator') !== 'In') continue;
        const other = expression.list('values.*').find((it) => it.text() !== undefined && it.text() !== namespace);
        if (other) yield { at: other, message: `This policy is in "${namespace}" and cannot select pods of "${other.text()}".` };
      }
    }
  },

  fix({ resource, problem, text }) {
    const map = partsOf(resource)
      .map((it) => it.node.map('endpointSelector.matchLabels'))
      .find((it) => it && it.start <= problem.at.start && problem.at.end <= it.end);
    const edit = map && removeEntry(text, map, String(problem.data));
    return edit ? [{ title: `Remove "${String(problem.data)}"`, edits: [edit] }] : [];
  },
});
