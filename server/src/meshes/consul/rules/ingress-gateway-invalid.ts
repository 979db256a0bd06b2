import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import type { YamlNode } from '../../../yaml/node.js';
import { type Finding, holds, keyOf, valueOf } from '../fields.js';
import { ANY, REFUSED } from '../names.js';

const LIMITS = ['maxConnections', 'maxPendingRequests', 'maxConcurrentRequests'] as const;

export const ingressGatewayInvalid = defineRule({
  id: 'consul/ingress-gateway-invalid',
  title: 'Listener of an ingress gateway that contradicts itself',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A tcp listener has one service and no hosts. The service "*" is for http, and its hosts are the names of the services. Limits are above 0.',
  remedy: 'Keep one service for tcp, and http without hosts for "*".',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: IngressGateway
metadata: { name: public, namespace: shop }
spec:
  listeners:
  - { port: 8080, protocol: tcp, services: [{ name: web }, { name: api }] }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: IngressGateway
metadata: { name: public, namespace: shop }
spec:
  listeners:
  - { port: 8080, protocol: http, services: [{ name: web }, { name: api }] }
`,
  },

  kinds: ['IngressGateway'],
  reads: {},

  *check({ resource }) {
    const defaults = resource.root.get('spec.defaults');
    if (defaults) yield* limitFaults(defaults);
    for (const listener of resource.root.list('spec.listeners.*')) {
      const protocol = listener.text('protocol') ?? '';
      const services = listener.list('services.*');
      if (protocol === 'tcp' && services.length > 1)
        yield { at: valueOf(services[1]!, 'name'), message: 'A tcp listener has one service.' };
      for (const service of services) {
        const isAny = service.text('name') === ANY;
        if (isAny && protocol !== '' && protocol !== 'http')
          yield { at: service.get('name')!, message: `The service "*" is for http, and this listener is ${shown(protocol)}.` };
        if (holds(service, 'hosts') && (isAny || protocol === 'tcp'))
          yield { at: keyOf(service, 'hosts'), message: `${isAny ? 'The service "*"' : 'A tcp listener'} takes no hosts.` };
        yield* limitFaults(service);
      }
    }
  },
});

function* limitFaults(node: YamlNode): Iterable<Finding> {
  for (const field of LIMITS) {
    const limit = node.number(field);
    if (limit !== undefined && limit <= 0) yield { at: node.get(field)!, message: `"${field}" is above 0, or left out.` };
  }
}
