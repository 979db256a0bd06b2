import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { holds, placeOf, present } from '../fields.js';

export const routeUnreachable = defineRule({
  id: 'consul/route-unreachable',
  title: 'Route behind one that takes everything',
  severity: 'warning',
  category: 'semantics',
  effect: 'It never gets a request.',
  why: 'The first route that matches wins. One without conditions, or for the prefix "/", takes every request, and the routes behind it get none.',
  remedy: 'Move the route that takes everything to the end.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: / } }
    destination: { service: web }
  - match: { http: { pathPrefix: /admin } }
    destination: { service: api }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: api, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: /admin } }
    destination: { service: api }
  - match: { http: { pathPrefix: / } }
    destination: { service: web }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: api, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter'],
  reads: {},

  *check({ resource }) {
    let all: YamlNode | undefined;
    for (const route of resource.root.list('spec.routes.*')) {
      if (all)
        yield {
          at: placeOf(route),
          message: 'A route above takes every request.',
          related: [{ at: placeOf(all), message: 'this route takes every request' }],
          tags: ['unnecessary'],
        };
      else if (takesAll(route)) all = route;
    }
  },

  fix({ resource, problem, text }) {
    const list = resource.root.get('spec.routes');
    if (list?.type !== 'list') return [];
    const index = list.items.findIndex((it) => placeOf(it).start === problem.at.start);
    const removal = removeItem(text, list, index);
    return removal ? [{ title: 'Delete this route', edits: [removal] }] : [];
  },
});

function takesAll(route: YamlNode): boolean {
  if (route.type !== 'map' || route.partial || hasOpaque(route.get('match') ?? route)) return false;
  const http = route.get('match.http');
  if (http === undefined || http.type !== 'map') return true;
  if (present(http, ['pathExact', 'pathRegex', 'header', 'queryParam', 'methods']).length > 0) return false;
  return !holds(http, 'pathPrefix') || http.text('pathPrefix') === '/';
}
