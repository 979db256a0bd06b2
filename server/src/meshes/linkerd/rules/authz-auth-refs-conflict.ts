import { defineRule } from '../../../rules/rule.js';
import { isOf, refIn } from '../references.js';
import { POLICY_GROUP } from '../tables.js';

export const authzAuthRefsConflict = defineRule({
  id: 'linkerd/authz-auth-refs-conflict',
  title: 'AuthorizationPolicy that asks for two identities, or for two networks',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'All authentications of a policy have to hold at once, and a client has one identity. A policy takes one MeshTLSAuthentication or one ServiceAccount, and one NetworkAuthentication.',
  remedy:
    'List the identities in one MeshTLSAuthentication, where any of them counts, or write a policy for each: a client needs one policy only.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs:
  - { kind: ServiceAccount, name: checkout }
  - { kind: ServiceAccount, name: storefront }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs:
  - { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }
  - { group: policy.linkerd.io, kind: NetworkAuthentication, name: cluster }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const refs = resource.root.list('spec.requiredAuthenticationRefs.*').flatMap((node) => refIn(node, resource, '', '') ?? []);
    const ofKind = (group: string, kind: string) => refs.filter((it) => isOf(it, group, kind));
    const tls = ofKind(POLICY_GROUP, 'MeshTLSAuthentication');
    const accounts = ofKind('', 'ServiceAccount');
    const networks = ofKind(POLICY_GROUP, 'NetworkAuthentication');
    const identities = [...tls, ...accounts].sort((a, b) => a.node.start - b.node.start);
    const [, second] = identities;
    if (second !== undefined) {
      const what = tls.length === 0 ? 'service accounts' : accounts.length === 0 ? 'MeshTLSAuthentications' : 'identities';
      yield { at: second.nameNode, message: `This policy asks for ${identities.length} ${what} at once, and a client has one.` };
    } else if (networks[1] !== undefined) {
      yield { at: networks[1].nameNode, message: `This policy asks for ${networks.length} NetworkAuthentications, and it can have one.` };
    }
  },
});
