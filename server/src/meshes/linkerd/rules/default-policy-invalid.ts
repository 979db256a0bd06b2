import { defineRule } from '../../../rules/rule.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';
import { changeFixes, choiceOf } from '../suggestions.js';
import { ACCESS_POLICIES } from '../words.js';

export const defaultPolicyInvalid = defineRule({
  id: 'linkerd/default-policy-invalid',
  title: 'Default policy that Linkerd does not know',
  severity: 'error',
  category: 'policy',
  effect: 'It is ignored, and the default of the cluster holds, which may let everybody in.',
  why: 'The default policy is one of six words, in lower case. Any other is left out without an error, so that ports which are meant to be closed stay as open as the cluster has them.',
  remedy: 'Use one of all-unauthenticated, all-authenticated, cluster-unauthenticated, cluster-authenticated, deny and audit.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/default-inbound-policy: authenticated } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { config.linkerd.io/default-inbound-policy: all-authenticated } }
`,
  },

  kinds: CONFIGURED_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, value } of sitesRead(resource, (it) => it === 'config.linkerd.io/default-inbound-policy')) {
      const written = value.text();
      if (written === undefined || ACCESS_POLICIES.includes(written)) continue;
      yield {
        at: value,
        message: `"${written}" is no value of ${name}.`,
        data: choiceOf(written, ACCESS_POLICIES, { authenticated: 'all-authenticated' }),
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text).map((it) => ({ ...it, preferred: false })),
});
