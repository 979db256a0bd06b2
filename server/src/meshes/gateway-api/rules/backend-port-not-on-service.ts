import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { keyOf } from '../kinds/shared.js';
import { backendRefsOf, isService, ROUTE_KINDS } from '../references.js';

export const backendPortNotOnService = defineRule({
  id: 'gateway-api/backend-port-not-on-service',
  title: 'Route sends requests to a port that the Service does not have',
  severity: 'error',
  category: 'reference',
  effect: 'Its requests get 500.',
  why: 'A backend is a port of a Service: the number of "port", not of "targetPort". One that the Service does not have has no endpoints.',
  remedy: 'Write a port of the Service, or add the port to it.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: storefront, port: 8080 }]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: storefront, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
  },

  kinds: [...ROUTE_KINDS],
  reads: { servicesNamed },

  *check({ resource, read }) {
    for (const ref of backendRefsOf(resource)) {
      const portNode = ref.node.get('port');
      if (!isService(ref) || ref.port === undefined || portNode === undefined) continue;
      const found = read.servicesNamed(keyOf(ref));
      const [service] = found;
      if (!service || found.some(({ data }) => data.incomplete || data.serviceType === 'ExternalName')) continue;
      if (found.some(({ data }) => data.ports.some((it) => it.number === ref.port))) continue;
      const { ports } = service.data;
      const target = ports.find((it) => it.targetPort === ref.port);
      const numbers = ports.flatMap((it) => it.number ?? []);
      const has =
        target !== undefined
          ? ` (${ref.port} is the target of port ${target.number})`
          : numbers.length === 0
            ? ''
            : ` (it has ${quotedList(numbers.map(String)).replaceAll('"', '')})`;
      yield {
        at: portNode,
        message: `Service "${displayName(service.data)}" has no port ${ref.port}${has}.`,
        effect: ref.inFilter
          ? 'This filter reaches nothing.'
          : ['HTTPRoute', 'GRPCRoute'].includes(resource.kind)
            ? 'Its requests get 500.'
            : 'Its connections are refused.',
        related: [{ at: service, message: `Service "${displayName(service.data)}" is defined here` }],
        data: target?.number === undefined ? numbers.slice(0, 3) : [target.number],
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = backendRefsOf(resource)
      .map((it) => it.node.get('port'))
      .find((it) => it?.start === problem.at.start);
    const ports = problem.data as readonly number[];
    if (node === undefined) return [];
    return ports.map((port) => ({
      title: `Change to ${port}`,
      preferred: ports.length === 1,
      edits: [replaceValue(text, node, port)],
    }));
  },
});
