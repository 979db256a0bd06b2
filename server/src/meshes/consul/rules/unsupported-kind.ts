import { defineRule } from '../../../rules/rule.js';

export const unsupportedKind = defineRule({
  id: 'consul/unsupported-kind',
  title: 'Kind that no release of Consul reads',
  severity: 'warning',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'TrafficPermissions belongs to the second catalog, which was withdrawn. No controller of current releases reads it, and the one in force stays what it was.',
  remedy: 'Write a ServiceIntentions for the same services.',
  example: {
    bad: `
apiVersion: auth.consul.hashicorp.com/v2beta1
kind: TrafficPermissions
metadata: { name: web, namespace: shop }
spec: { destination: { identityName: web }, action: ACTION_ALLOW, permissions: [{ sources: [{ identityName: api }] }] }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec: { destination: { name: web }, sources: [{ name: api, action: allow }] }
`,
  },

  kinds: ['TrafficPermissions'],
  reads: {},

  *check({ resource }) {
    const kind = resource.root.get('kind');
    if (kind) yield { at: kind, message: 'No controller of Consul reads TrafficPermissions any more.', tags: ['deprecated'] };
  },
});
