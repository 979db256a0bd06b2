import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { keyOf } from '../kinds/shared.js';
import { isKindAtHand, meshTlsNamed, networkAuthenticationsNamed } from '../lookups.js';
import { isOf, refIn } from '../references.js';
import { changeFixes, lackOf } from '../suggestions.js';
import { meshTlsIn, networkAuthenticationsIn, POLICY_GROUP } from '../tables.js';

export const authzAuthRefNotFound = defineRule({
  id: 'linkerd/authz-auth-ref-not-found',
  title: 'AuthorizationPolicy that asks for an authentication that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'The whole policy is ignored, so it lets nobody in.',
  why: 'All authentications of a policy have to hold. If one of them cannot be found, the controller leaves the policy out: whoever it is meant for stays outside.',
  remedy: 'Correct the name. An authentication of another namespace needs "namespace".',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: calers }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: ["*"] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: ["*"] }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: { meshTlsNamed, meshTlsIn, networkAuthenticationsNamed, networkAuthenticationsIn, isKindAtHand },

  *check({ resource, read }) {
    for (const node of resource.root.list('spec.requiredAuthenticationRefs.*')) {
      const ref = refIn(node, resource, '', '');
      const kind = ['MeshTLSAuthentication', 'NetworkAuthentication'].find((it) => ref && isOf(ref, POLICY_GROUP, it));
      if (ref === undefined || kind === undefined) continue;
      const isTls = kind === 'MeshTLSAuthentication';
      if ((isTls ? read.meshTlsNamed(keyOf(ref)) : read.networkAuthenticationsNamed(keyOf(ref))).length > 0) continue;
      const place = namespaceKey(ref.namespace);
      const here = isTls ? read.meshTlsIn(place) : read.networkAuthenticationsIn(place);
      const { certainty, where, data } = lackOf(
        ref.name,
        here.map((it) => it.data.name),
        read.isKindAtHand(`${POLICY_GROUP}/${kind}`),
      );
      yield { at: ref.nameNode, certainty, message: `No ${kind} "${displayName(ref)}" exists${where}.`, data };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
