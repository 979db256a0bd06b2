import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { isMeshInUse, servicesNamed } from '../../kubernetes/lookups.js';
import { keyOf } from '../kinds/shared.js';
import { ALL_ROUTES, backendsOf, linkerdParents } from '../references.js';
import { changeFixes } from '../suggestions.js';
import { POLICY_GROUP } from '../tables.js';

export const routeBackendPortNotFound = defineRule({
  id: 'linkerd/route-backend-port-not-found',
  title: 'Route sends requests to a port that the Service does not have',
  severity: 'warning',
  category: 'reference',
  effect: 'Its share of the requests fails.',
  why: 'A backend is a port of a Service: the number of "port", not of "targetPort". One that the Service does not have leads to no pod.',
  remedy: 'Write a port of the Service, or add the port to it.',
  replaces: ['gateway-api/backend-port-not-on-service'],
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
  },

  kinds: ALL_ROUTES,
  reads: { isMeshInUse, servicesNamed },

  *check({ resource, read }) {
    if (resource.group !== POLICY_GROUP && linkerdParents(resource, () => read.isMeshInUse('linkerd')).length === 0) return;
    for (const ref of backendsOf(resource)) {
      const node = ref.node.get('port');
      if (ref.sort !== 'Service' || node === undefined || ref.port === undefined || ref.port === 0) continue;
      const found = read.servicesNamed(keyOf(ref));
      const [service] = found;
      if (!service || found.some(({ data }) => data.incomplete || data.ports.some((it) => it.number === ref.port))) continue;
      const numbers = service.data.ports.flatMap((it) => it.number ?? []);
      const target = service.data.ports.find((it) => it.targetPort === ref.port)?.number;
      const has =
        target !== undefined
          ? ` (${ref.port} is the target of port ${target})`
          : numbers.length === 0
            ? ''
            : ` (it has ${quotedList(numbers.map(String)).replaceAll('"', '')})`;
      yield {
        at: node,
        message: `Service "${displayName(service.data)}" has no port ${ref.port}${has}.`,
        related: [{ at: service, message: `Service "${displayName(service.data)}" is defined here` }],
        data:
          target === undefined ? { values: numbers.slice(0, 3), isCertain: numbers.length === 1 } : { values: [target], isCertain: true },
      };
    }
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
