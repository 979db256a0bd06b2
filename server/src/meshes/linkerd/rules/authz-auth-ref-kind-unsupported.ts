import { defineRule } from '../../../rules/rule.js';
import { isOf, refIn } from '../references.js';
import { mapAt, setGroup } from '../suggestions.js';
import { POLICY_GROUP } from '../tables.js';

const KINDS: readonly (readonly [group: string, kind: string])[] = [
  [POLICY_GROUP, 'MeshTLSAuthentication'],
  [POLICY_GROUP, 'NetworkAuthentication'],
  ['', 'ServiceAccount'],
];

export const authzAuthRefKindUnsupported = defineRule({
  id: 'linkerd/authz-auth-ref-kind-unsupported',
  title: 'AuthorizationPolicy that asks for something that is no authentication',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A policy asks for a MeshTLSAuthentication, a NetworkAuthentication or a ServiceAccount. A reference without a group means the core group, where only the ServiceAccount is at home.',
  remedy: 'Write group: policy.linkerd.io beside the authentications of Linkerd.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: [{ kind: MeshTLSAuthentication, name: callers }]
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }]
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    for (const node of resource.root.list('spec.requiredAuthenticationRefs.*')) {
      const ref = refIn(node, resource, '', '');
      if (ref === undefined || ref.kind === '' || KINDS.some(([group, kind]) => isOf(ref, group, kind))) continue;
      const known = KINDS.find(([, kind]) => kind.toLowerCase() === ref.kind.toLowerCase());
      yield {
        at: node.get('group') ?? node.get('kind') ?? ref.nameNode,
        message:
          known === undefined
            ? `A policy cannot ask for a ${ref.kind}; use a MeshTLSAuthentication, a NetworkAuthentication or a ServiceAccount.`
            : ref.group === ''
              ? `"${ref.kind}" without a group is one of the core group, which has none.`
              : `There is no "${ref.kind}" of group "${ref.group}".`,
        data: known?.[0] ?? null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const group = problem.data as string | null;
    const map = mapAt(resource.root, problem);
    if (group === null || map === undefined) return [];
    return [
      {
        title: group === '' ? 'Use the core group' : `Set group: ${group}`,
        preferred: true,
        edits: [setGroup(text, map, group)],
      },
    ];
  },
});
