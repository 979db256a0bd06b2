import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { ALL_ROUTES, parentsOf } from '../references.js';
import { POLICY_GROUP } from '../tables.js';
import { setGroup } from '../suggestions.js';

const GROUP_OF: Readonly<Record<string, string>> = { service: '', server: POLICY_GROUP, egressnetwork: POLICY_GROUP };

export const routeParentGroupMismatch = defineRule({
  id: 'linkerd/route-parent-group-mismatch',
  title: 'Route whose parent has the wrong group',
  severity: 'warning',
  category: 'reference',
  effect: 'The route takes nothing, and its status does not say so.',
  why: 'A parent without a group has the group of its route: gateway.networking.k8s.io, or policy.linkerd.io in a route of Linkerd. A Service is in the core group, so it is another, unknown kind there, which the controller skips without a word.',
  remedy: 'Write group: "" beside a Service, and group: policy.linkerd.io beside a Server or an EgressNetwork.',
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ALL_ROUTES,
  reads: { isMeshInUse },

  *check({ resource, read }) {
    for (const ref of parentsOf(resource)) {
      const group = GROUP_OF[ref.kind.toLowerCase()];
      if (group === undefined || group === ref.group) continue;
      if (group === '' && resource.group !== POLICY_GROUP && !read.isMeshInUse('linkerd')) continue;
      const written = ref.node.get('group');
      yield {
        at: written ?? ref.node.get('kind') ?? ref.nameNode,
        message: `"${ref.kind}" ${written ? 'with' : 'without a group means one of'} group "${ref.group}"${written ? ' is no kind that Linkerd knows' : ', which it is not'}.`,
        data: group,
      };
    }
  },

  fix({ resource, problem, text }) {
    const group = problem.data as string;
    const ref = parentsOf(resource).find((it) => it.node.start <= problem.at.start && problem.at.end <= it.node.end);
    if (ref?.node.type !== 'map') return [];
    return [
      {
        title: `Set group: ${group === '' ? '""' : group}`,
        preferred: true,
        edits: [setGroup(text, ref.node, group)],
      },
    ];
  },
});
