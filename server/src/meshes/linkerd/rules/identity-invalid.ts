import { defineRule } from '../../../rules/rule.js';
import { accountOfIstioPrincipal, complaintAboutIdentity, identityOf, isSpiffe } from '../identities.js';
import { linkerdConfig } from '../settings.js';
import { changeFixes } from '../suggestions.js';

export const identityInvalid = defineRule({
  id: 'linkerd/identity-invalid',
  title: 'Identity that Linkerd cannot read',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Identities of Linkerd are DNS names: service account, namespace, "serviceaccount.identity", the namespace of the control plane and the trust domain. "*" stands alone or as the first part. Paths as Istio writes them are none, and SPIFFE ids are for workloads outside of the cluster.',
  remedy: 'Write the identity as a DNS name, or name the service account in identityRefs.',
  replaces: ['schema/pattern'],
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: [cluster.local/ns/shop/sa/checkout] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: [checkout.shop.serviceaccount.identity.linkerd.cluster.local] }
`,
  },

  kinds: ['MeshTLSAuthentication', 'ServerAuthorization'],
  reads: { linkerdConfig },

  *check({ resource, read }) {
    const isServerAuthorization = resource.kind === 'ServerAuthorization';
    for (const node of resource.root.list(isServerAuthorization ? 'spec.client.meshTLS.identities.*' : 'spec.identities.*')) {
      const written = node.text();
      if (written === undefined) continue;
      const complaint =
        isServerAuthorization && isSpiffe(written) ? 'a ServerAuthorization takes no SPIFFE ids' : complaintAboutIdentity(written);
      const meant = accountOfIstioPrincipal(written);
      if (complaint === undefined) continue;
      yield {
        at: node,
        message: `"${written}" is no identity of Linkerd: ${complaint}.`,
        data: { values: meant ? [identityOf(meant.account, meant.namespace, read.linkerdConfig())] : [], isCertain: meant !== undefined },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text).map((it) => ({ ...it, preferred: false })),
});
