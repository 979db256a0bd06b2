import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { isMeshInUse, servicesNamed } from '../../kubernetes/lookups.js';
import { keyOf } from '../kinds/shared.js';
import { backendsOf, linkerdParents, REQUEST_ROUTES } from '../references.js';
import { POLICY_GROUP } from '../tables.js';

export const routeBackendPortRequired = defineRule({
  id: 'linkerd/route-backend-port-required',
  title: 'Route sends requests to a Service without saying which port',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A backend is one port of a Service. The webhook refuses routes of the Gateway API without it. Routes of Linkerd it lets pass, and then the backend is none: its share of the requests gets 500.',
  remedy: 'Write the port of the Service.',
  replaces: ['schema/condition', 'schema/out-of-range'],
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart }] }]
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
`,
  },

  kinds: REQUEST_ROUTES,
  reads: { isMeshInUse, servicesNamed },

  *check({ resource, read }) {
    const isOwn = resource.group === POLICY_GROUP;
    if (!isOwn && linkerdParents(resource, () => read.isMeshInUse('linkerd')).length === 0) return;
    for (const ref of backendsOf(resource)) {
      const port = ref.node.get('port');
      if (ref.sort !== 'Service' || (ref.node.has('port') && port?.number() !== 0) || (ref.node.type === 'map' && ref.node.partial))
        continue;
      const ports = read.servicesNamed(keyOf(ref)).flatMap((it) => it.data.ports.flatMap((found) => found.number ?? []));
      yield {
        at: ref.node.has('port') ? port! : ref.nameNode,
        message: ref.node.has('port') ? '0 is no port of a Service.' : `Backend "${ref.name}" needs the port of the Service.`,
        ...(isOwn && { effect: 'Its share of the requests gets 500.' }),
        data: ports.slice(0, 3),
      };
    }
  },

  fix({ resource, problem, text }) {
    const ports = problem.data as readonly number[];
    const ref = backendsOf(resource).find((it) => it.node.start <= problem.at.start && problem.at.end <= it.node.end);
    if (ref?.node.type !== 'map') return [];
    const { node } = ref;
    const written = node.get('port');
    return ports.map((port) => ({
      title: `Set port: ${port}`,
      preferred: ports.length === 1,
      edits: [written ? replaceValue(text, written, port) : insertEntry(text, node, 'port', String(port), 'name')],
    }));
  },
});
