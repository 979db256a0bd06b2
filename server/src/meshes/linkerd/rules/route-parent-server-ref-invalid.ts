import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { keyRange } from '../../gateway-api/ranges.js';
import { parentsOf, REQUEST_ROUTES } from '../references.js';
import { mapAt } from '../suggestions.js';

const FIELDS = ['port', 'sectionName', 'namespace'];

export const routeParentServerRefInvalid = defineRule({
  id: 'linkerd/route-parent-server-ref-invalid',
  title: 'Server as parent with a port, a section or another namespace',
  severity: 'error',
  category: 'reference',
  effect: 'The controller drops the whole route.',
  why: 'A Server is a port already, and it is in the namespace of the route. A parent that says more cannot be read, and then the route does not hold for any of its parents: its requests are judged as if it did not exist.',
  remedy: 'Name the Server by group, kind and name alone.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart, port: 8080 }]
  rules: [{ matches: [{ path: { value: / } }] }]
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
  rules: [{ matches: [{ path: { value: / } }] }]
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
    for (const { sort, node, namespace } of parentsOf(resource)) {
      if (sort !== 'Server') continue;
      const field = FIELDS.find(
        (it) => node.has(it) && (it !== 'namespace' || (resource.namespace !== undefined && namespace !== resource.namespace)),
      );
      if (field === undefined) continue;
      yield {
        at: keyRange(node, field)!,
        message: field === 'namespace' ? 'A Server as parent is in the namespace of the route.' : `A Server as parent has no "${field}".`,
        data: field,
      };
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource.root, problem);
    const removal = map && removeEntry(text, map, problem.data as string);
    return removal ? [{ title: `Remove "${problem.data as string}"`, preferred: problem.data !== 'namespace', edits: [removal] }] : [];
  },
});
