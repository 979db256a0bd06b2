import { defineRule } from '../../../rules/rule.js';
import { clusterwidePolicyWith, policyWith } from '../examples.js';
import { hasItems, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const specMissing = defineRule({
  id: 'cilium/spec-missing',
  title: 'Policy with neither "spec" nor "specs"',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `A policy holds its rule in "spec", or several in "specs". ${WHY_REJECTED}`,
  remedy: 'Write the rule in "spec", or delete the policy.',
  example: {
    bad: clusterwidePolicyWith('').replace(/spec:[^]*/, ''),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }] }]'),
  },
  replaces: ['schema/required-field', 'schema/wrong-type'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    if (resource.partial || root.partial || root.has('spec') || hasItems(root.get('specs'))) return;
    const at = root.entry('specs')?.keyRange ?? root.entry('spec')?.keyRange ?? root.get('metadata.name') ?? root.entry('kind')?.keyRange;
    if (at) yield { at, message: `This ${resource.kind} has neither "spec" nor "specs".` };
  },
});
