import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { holds, keyOf, specOf } from '../fields.js';
import { REFUSED } from '../names.js';

export const resolverRedirectWithFailover = defineRule({
  id: 'consul/resolver-redirect-with-failover',
  title: 'Resolver that redirects and fails over',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A redirect sends all traffic elsewhere, so that nothing is left to fail over. The webhook takes one of the two.',
  remedy: 'Remove one of "redirect" and "failover".',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  redirect: { service: api }
  failover: { '*': { service: api } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  failover: { '*': { service: api } }
`,
  },

  kinds: ['ServiceResolver'],
  reads: {},

  *check({ resource }) {
    const spec = specOf(resource);
    if (spec && spec.has('redirect') && holds(spec, 'failover'))
      yield { at: keyOf(spec, 'failover'), message: 'A resolver takes one of "redirect" and "failover".' };
  },

  fix({ resource, text }) {
    const spec = specOf(resource);
    return ['failover', 'redirect'].flatMap((name) => {
      const removal = spec && removeEntry(text, spec, name);
      return removal ? [{ title: `Remove "${name}"`, edits: [removal] }] : [];
    });
  },
});
