import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { holds, mapAt, present } from '../fields.js';
import { REFUSED } from '../names.js';

export const routerPrefixRewrite = defineRule({
  id: 'consul/router-prefix-rewrite',
  title: 'Prefix rewritten where none is matched',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'prefixRewrite replaces what pathPrefix or pathExact matched. Without one of them there is nothing to replace.',
  remedy: 'Match by pathPrefix or pathExact, or remove prefixRewrite.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathRegex: '/v[0-9]/.*' } }
    destination: { service: web, prefixRewrite: / }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: /v1/ } }
    destination: { service: web, prefixRewrite: / }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter'],
  reads: {},

  *check({ resource }) {
    for (const route of resource.root.list('spec.routes.*')) {
      const rewrite = route.get('destination.prefixRewrite');
      if (!rewrite || !holds(route, 'destination.prefixRewrite') || (route.type === 'map' && route.partial) || resource.partial) continue;
      const http = route.get('match.http');
      if (http && (present(http, ['pathPrefix', 'pathExact']).length > 0 || hasOpaque(http))) continue;
      yield { at: rewrite, message: '"prefixRewrite" needs a match by "pathPrefix" or "pathExact".' };
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource, problem.at);
    const removal = map && removeEntry(text, map, 'prefixRewrite');
    return removal ? [{ title: 'Remove "prefixRewrite"', edits: [removal] }] : [];
  },
});
