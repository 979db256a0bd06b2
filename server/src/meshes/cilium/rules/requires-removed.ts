import { defineRule } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { ciliumSettings } from '../settings.js';

export const requiresRemoved = defineRule({
  id: 'cilium/requires-removed',
  title: 'Requirement on peers that Cilium 1.19 no longer has',
  severity: 'error',
  category: 'policy',
  effect: 'It is no longer enforced, so that more is allowed than it says.',
  why: '"fromRequires" and "toRequires" narrow down what other rules allow. They are deprecated since Cilium 1.17 and gone in 1.19. The setting "cilium.version" says which version the manifests are for.',
  remedy: 'Deny what is not to be allowed, with "ingressDeny" or "egressDeny".',
  example: {
    bad: policyWith('  ingress:\n  - fromRequires: [{ matchLabels: { env: prod } }]\n    fromEndpoints: [{ matchLabels: { app: cart } }]'),
    good: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n  ingressDeny:\n  - fromEndpoints: [{ matchExpressions: [{ key: env, operator: NotIn, values: [prod] }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const { minor } = read.ciliumSettings();
    if (minor < 17) return;
    for (const { node, direction } of allEntries(resource)) {
      const name = direction === 'ingress' ? 'fromRequires' : 'toRequires';
      const at = node.entry(name)?.keyRange;
      if (at === undefined) continue;
      yield minor >= 19
        ? { at, message: `Cilium ${minor === 19 ? '1.19' : `1.${minor}`} has no "${name}".` }
        : {
            at,
            severity: 'warning',
            tags: ['deprecated'],
            message: `"${name}" is deprecated.`,
            effect: 'Cilium 1.19 no longer enforces it.',
          };
    }
  },
});
