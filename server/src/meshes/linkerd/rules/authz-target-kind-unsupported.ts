import { defineRule } from '../../../rules/rule.js';
import { isPolicyTarget, POLICY_TARGETS, targetOf } from '../references.js';
import { setGroup } from '../suggestions.js';

export const authzTargetKindUnsupported = defineRule({
  id: 'linkerd/authz-target-kind-unsupported',
  title: 'AuthorizationPolicy about a kind that it cannot be about',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A policy is about a Server, a route that is attached to a Server, or its own Namespace. A target without a group means the core group, which has neither Servers nor routes; leaving it out is the usual mistake.',
  remedy: 'Write the group beside the kind: policy.linkerd.io for a Server, gateway.networking.k8s.io for a route.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Server, name: cart }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const ref = targetOf(resource);
    if (ref === undefined || ref.kind === '' || isPolicyTarget(ref)) return;
    const groups = POLICY_TARGETS.filter(([, kind]) => kind.toLowerCase() === ref.kind.toLowerCase()).map(([group]) => group);
    yield {
      at: ref.node.get('group') ?? ref.node.get('kind') ?? ref.nameNode,
      message:
        groups.length === 0
          ? `A policy cannot be about a ${ref.kind}; use a Server, an HTTPRoute, a GRPCRoute or the Namespace.`
          : ref.group === ''
            ? `"${ref.kind}" without a group is one of the core group, which has none.`
            : `There is no "${ref.kind}" of group "${ref.group}" that a policy can be about.`,
      data: groups,
    };
  },

  fix({ resource, problem, text }) {
    const ref = targetOf(resource);
    const groups = problem.data as readonly string[];
    if (ref?.node.type !== 'map') return [];
    const { node } = ref;
    return groups.map((group) => ({
      title: group === '' ? 'Use the core group' : `Set group: ${group}`,
      preferred: groups.length === 1,
      edits: [setGroup(text, node, group)],
    }));
  },
});
