import { defineRule } from '../../../rules/rule.js';
import { changeFixes, choiceOf } from '../suggestions.js';
import { ACCESS_POLICIES } from '../words.js';

export const serverAccessPolicyInvalid = defineRule({
  id: 'linkerd/server-access-policy-invalid',
  title: 'Server with an access policy that Linkerd does not know',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'The access policy of a Server is one of six words, in lower case. The schema of the kind takes any text, so it is the webhook of Linkerd that refuses all others.',
  remedy: 'Use one of all-unauthenticated, all-authenticated, cluster-unauthenticated, cluster-authenticated, deny and audit.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: 8080
  accessPolicy: all-authentificated
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  port: 8080
  accessPolicy: all-authenticated
`,
  },

  kinds: ['Server'],
  reads: {},

  *check({ resource }) {
    const node = resource.root.get('spec.accessPolicy');
    const written = node?.text();
    if (node === undefined || written === undefined || ACCESS_POLICIES.includes(written)) return;
    yield {
      at: node,
      message: `"${written}" is no access policy; use ${ACCESS_POLICIES.slice(0, -1).join(', ')} or audit.`,
      data: choiceOf(written, ACCESS_POLICIES),
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
