import { defineRule } from '../../../rules/rule.js';
import { placeOfName } from '../places.js';
import { repairs } from '../validation/repairs.js';
import { isWhole, lacksItems, placeOfKey, quoted, writtenText } from '../validation/values.js';

export const invalidServer = defineRule({
  id: 'istio/invalid-server',
  title: 'Gateway without servers, or a server without hosts or a port name of its own',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A server of a Gateway is a port with a name that no other server has, and the hosts it is for. Traffic arrives at that port itself, so a target port has no meaning.',
  remedy: 'Complete the server.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: mesh-only, namespace: shop }
spec:
  servers: []
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: shop }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  template:
    metadata: { labels: { istio: ingressgateway, sidecar.istio.io/inject: "true" }, annotations: { inject.istio.io/templates: gateway } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
---
apiVersion: v1
kind: Service
metadata: { name: ingress, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  ports: [{ name: http, port: 80 }]
`,
  },

  kinds: ['Gateway'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const spec = root.map('spec');
    if (spec && lacksItems(resource, spec, 'servers'))
      yield { at: spec.entry('servers')?.keyRange ?? placeOfName(resource), message: 'This Gateway has no servers.' };
    const seen = new Map<string, (typeof servers)[number]>();
    const servers = root.list('spec.servers.*');
    for (const server of servers) {
      if (server.type !== 'map') continue;
      if (server.entry('hosts') !== undefined && lacksItems(resource, server, 'hosts'))
        yield { at: placeOfKey(root, server, 'hosts'), message: 'This server has no hosts.' };
      const port = server.map('port');
      const target = port?.entry('targetPort');
      if (target && (target.value.number() ?? 0) > 0)
        yield {
          at: target.keyRange,
          message: 'A server of a Gateway has no target port.',
          data: { remove: 'targetPort', preferred: true },
        };
      const at = port?.get('name');
      const name = writtenText(at);
      if (!at || name === undefined || !isWhole(resource)) continue;
      const first = seen.get(name);
      if (name === '') yield { at, message: 'The name of this port is empty.' };
      else if (first)
        yield { at, message: `Another server has a port named ${quoted(name)}.`, related: [{ at: first, message: 'it has it here' }] };
      else seen.set(name, at);
    }
  },

  fix: repairs,
});
