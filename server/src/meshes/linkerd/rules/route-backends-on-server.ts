import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { keyRange } from '../../gateway-api/ranges.js';
import { parentsOf, REQUEST_ROUTES } from '../references.js';
import { mapAt } from '../suggestions.js';

export const routeBackendsOnServer = defineRule({
  id: 'linkerd/route-backends-on-server',
  title: 'Backends of a route that is attached to Servers only',
  severity: 'info',
  category: 'semantics',
  effect: 'They are never used.',
  why: 'A route on a Server is about requests that have arrived: policies can be about it, and it sends nothing anywhere. To send requests elsewhere, a route is attached to the Service that clients call.',
  remedy: 'Take the backends out, or attach the route to a Service.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: {}, port: 8080, accessPolicy: audit }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }]
  rules: [{ matches: [{ method: GET }] }]
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: {}, port: 8080, accessPolicy: audit }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: REQUEST_ROUTES,
  reads: {},

  *check({ resource }) {
    const list = resource.root.get('spec.parentRefs');
    const parents = parentsOf(resource);
    if (list?.type !== 'list' || list.partial || parents.length === 0 || parents.length < list.items.length) return;
    if (parents.some((it) => it.sort !== 'Server')) return;
    for (const rule of resource.root.list('spec.rules.*')) {
      if (rule.list('backendRefs.*').length === 0) continue;
      yield { at: keyRange(rule, 'backendRefs')!, message: 'A route on a Server sends requests nowhere.', tags: ['unnecessary'] };
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource.root, problem);
    const removal = map && removeEntry(text, map, 'backendRefs');
    return removal ? [{ title: 'Remove "backendRefs"', edits: [removal] }] : [];
  },
});
