import { defineRule } from '../../../rules/rule.js';
import { changeFixes } from '../suggestions.js';

const OLD: Readonly<Record<string, readonly string[]>> = {
  Server: ['v1alpha1', 'v1beta1'],
  ServerAuthorization: ['v1alpha1'],
};

export const deprecatedApiVersion = defineRule({
  id: 'linkerd/deprecated-api-version',
  title: 'Version or kind that Linkerd is about to drop',
  severity: 'warning',
  category: 'style',
  effect: 'It works until a later release takes it away.',
  why: 'The kinds mark these versions as deprecated. TrafficSplit needs an extension of its own, which turns it into ServiceProfiles; HTTPRoutes have taken its place.',
  remedy: 'Write Server as v1beta3 and ServerAuthorization as v1beta1; write a TrafficSplit as an HTTPRoute with weighted backends.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: ServerAuthorization
metadata: { name: cart, namespace: shop }
spec:
  server: { selector: {} }
  client: { meshTLS: { identities: ["*"] } }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta1
kind: ServerAuthorization
metadata: { name: cart, namespace: shop }
spec:
  server: { selector: {} }
  client: { meshTLS: { identities: ["*"] } }
`,
  },

  kinds: ['Server', 'ServerAuthorization', 'TrafficSplit'],
  reads: {},

  *check({ resource }) {
    const { kind, version, root, group } = resource;
    const at = root.get('apiVersion');
    if (at === undefined) return;
    if (kind === 'TrafficSplit') {
      yield {
        at: root.get('kind') ?? at,
        message: 'A TrafficSplit needs the extension linkerd-smi; an HTTPRoute splits traffic without it.',
        effect: '',
        tags: ['deprecated'],
      };
      return;
    }
    if (!OLD[kind]?.includes(version)) return;
    const today = kind === 'Server' ? 'v1beta3' : 'v1beta1';
    yield {
      at,
      message: `"${group}/${version}" is a deprecated version of ${kind}; today it is "${group}/${today}".`,
      tags: ['deprecated'],
      data: { values: [`${group}/${today}`], isCertain: true },
    };
  },

  fix: ({ resource, problem, text }) => (problem.data === undefined ? [] : changeFixes(resource.root, problem, text)),
});
