import { defineRule } from '../../../rules/rule.js';
import { namespaceKey } from '../../../model/resource.js';
import { accountsNamed } from '../../kubernetes/lookups.js';
import { complaintAboutIdentity, identityOf, isSpiffe } from '../identities.js';
import { linkerdConfig } from '../settings.js';
import { changeFixes } from '../suggestions.js';

export const identityNotLinkerdForm = defineRule({
  id: 'linkerd/identity-not-linkerd-form',
  title: 'Identity that no injected pod has',
  severity: 'info',
  category: 'policy',
  effect: 'No pod of the mesh has this identity.',
  why: 'Every injected pod has an identity of the form account.namespace.serviceaccount.identity.control-plane.trust-domain. A name of a Service, or of an account alone, is the identity of no pod.',
  remedy: 'Write the whole identity, or name the service account in identityRefs.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: [checkout.shop] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identities: [checkout.shop.serviceaccount.identity.linkerd.cluster.local] }
`,
  },

  kinds: ['MeshTLSAuthentication', 'ServerAuthorization'],
  reads: { linkerdConfig, accountsNamed },

  *check({ resource, read }) {
    for (const node of [...resource.root.list('spec.identities.*'), ...resource.root.list('spec.client.meshTLS.identities.*')]) {
      const written = node.text();
      if (written === undefined || written.includes('*') || isSpiffe(written) || complaintAboutIdentity(written) !== undefined) continue;
      if (written.includes('.serviceaccount.identity.')) continue;
      const [account = '', namespace = resource.namespace] = written.split('.');
      const exists = namespace !== undefined && read.accountsNamed(`${namespaceKey(namespace)}/${account}`).length > 0;
      yield {
        at: node,
        message: `"${written}" is not the form that identities of pods have.`,
        data: { values: exists ? [identityOf(account, namespace, read.linkerdConfig())] : [], isCertain: false },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
