import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';

export const authTestMode = defineRule({
  id: 'cilium/auth-test-mode',
  title: 'Authentication that always fails',
  severity: 'warning',
  category: 'policy',
  effect: 'All of its traffic is dropped.',
  why: 'The mode "test-always-fail" is there to try out what happens when authentication fails. Nobody gets through.',
  remedy: 'Write "required" or "disabled".',
  example: {
    bad: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], authentication: { mode: test-always-fail } }]'),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], authentication: { mode: required } }]'),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node } of allEntries(resource)) {
      const at = node.get('authentication.mode');
      if (at?.text() === 'test-always-fail') yield { at, message: 'Authentication in this mode always fails.' };
    }
  },

  fix({ resource, problem, text }) {
    const node = allEntries(resource)
      .map((it) => it.node.get('authentication.mode'))
      .find((it) => it?.start === problem.at.start);
    return node ? ['required', 'disabled'].map((mode) => ({ title: `Change to ${mode}`, edits: [replaceValue(text, node, mode)] })) : [];
  },
});
