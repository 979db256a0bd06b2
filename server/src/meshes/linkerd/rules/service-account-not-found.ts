import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { accountsNamed } from '../../kubernetes/lookups.js';
import { serviceAccountsIn, workloadsOfAccount } from '../../kubernetes/tables.js';
import { accountRefsOf } from '../service-account-refs.js';
import { changeFixes, lackOf } from '../suggestions.js';

export const serviceAccountNotFound = defineRule({
  id: 'linkerd/service-account-not-found',
  title: 'Policy names a service account that does not exist',
  severity: 'info',
  category: 'reference',
  effect: 'No client has this identity.',
  why: 'The name of a service account is turned into an identity without a look at whether there is such an account. A wrong one is the identity of nobody.',
  remedy: 'Correct the name. An account of another namespace needs "namespace".',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, name: chekout }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: checkout, namespace: shop }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, name: checkout }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: checkout, namespace: shop }
`,
  },

  kinds: ['AuthorizationPolicy', 'MeshTLSAuthentication', 'ServerAuthorization', 'HTTPLocalRateLimitPolicy'],
  reads: { accountsNamed, serviceAccountsIn, workloadsOfAccount },

  *check({ resource, read }) {
    for (const ref of accountRefsOf(resource)) {
      const place = namespaceKey(ref.namespace);
      const key = `${place}/${ref.name}`;
      // Every namespace has an account of that name.
      if (ref.name === 'default' || read.accountsNamed(key).length > 0 || read.workloadsOfAccount(key).length > 0) continue;
      const here = read.serviceAccountsIn(place);
      const { certainty, where, data } = lackOf(
        ref.name,
        here.map((it) => it.data.name),
        here.length > 0,
      );
      yield { at: ref.nameNode, certainty, message: `No ServiceAccount "${displayName(ref)}" exists${where}.`, data };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text).map((it) => ({ ...it, preferred: false })),
});
