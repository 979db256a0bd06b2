import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';

export const authzEmptyAuthRefs = defineRule({
  id: 'linkerd/authz-empty-auth-refs',
  title: 'AuthorizationPolicy that asks for nothing, and lets everybody in',
  severity: 'warning',
  category: 'policy',
  effect: 'Every client is let in, without an identity and from everywhere.',
  why: 'A policy lets in clients for which all its authentications hold. With none there is nothing to hold, so all clients are let in, those without a proxy too.',
  remedy:
    'Name a MeshTLSAuthentication, a ServiceAccount or a NetworkAuthentication. To let in everybody on purpose, name a NetworkAuthentication of 0.0.0.0/0 and ::/0, which says so.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: []
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { kind: Namespace, name: shop }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: {},

  *check({ resource }) {
    const list = resource.root.get('spec.requiredAuthenticationRefs');
    if (list?.type !== 'list' || list.items.length > 0 || list.partial || resource.partial) return;
    yield { at: list, message: 'This policy asks for no authentication.' };
  },

  fix({ resource, text }) {
    const list = resource.root.get('spec.requiredAuthenticationRefs');
    if (list?.type !== 'list') return [];
    return [
      {
        title: 'Ask for service account "default" of this namespace',
        edits: [insertItem(text, list, 'kind: ServiceAccount\nname: default')],
      },
    ];
  },
});
