import { defineRule } from '../../../rules/rule.js';
import { changeFixes } from '../suggestions.js';
import { isOf, targetOf } from '../references.js';

export const authzNamespaceMismatch = defineRule({
  id: 'linkerd/authz-namespace-mismatch',
  title: 'AuthorizationPolicy about another namespace than its own',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A policy about a Namespace holds for all Servers of that namespace, and only those who may write there can say so. The policy has to stand in the namespace that it is about.',
  remedy: 'Name the namespace of the policy, or put the policy into the other one.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: payments }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: shop, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const ref = targetOf(resource);
    const { namespace } = resource;
    if (ref === undefined || namespace === undefined || !isOf(ref, '', 'Namespace') || ref.name.toLowerCase() === namespace.toLowerCase())
      return;
    yield {
      at: ref.nameNode,
      message: `This policy is in "${namespace}" and about Namespace "${ref.name}"; it can be about its own only.`,
      data: { values: [namespace], isCertain: false },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
