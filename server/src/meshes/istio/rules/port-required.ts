import { displayHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { canUse } from '../hosts.js';
import { statedDestinations, userOf } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { isServiceOwner, ownersOfHost, portsOfOwner } from '../lookups.js';
import { isHttp, protocolOf } from '../protocols.js';

export const portRequired = defineRule({
  id: 'istio/port-required',
  title: 'Route names no port of a Service that has several',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0112'],
  effect: 'Requests go to the port that the client called, or get 503 where there is none.',
  why: 'Only for a Service with a single port does Istio choose the port itself. With several it takes the port of the listener that the request came in on, which a gateway rarely shares with the Service; the cluster is missing then.',
  remedy: 'Add "port" with the number of the Service port.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination:
        host: cart
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }, { name: grpc, port: 9090 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination:
        host: cart
        port: { number: 80 }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }, { name: grpc, port: 9090 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: { ownersOfHost },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    const user = userOf({ resource, stated });
    for (const destination of destinations) {
      const { host, port, field, mirror } = destination;
      if (port !== undefined) continue;
      const owners = read.ownersOfHost(host).filter((it) => canUse(user, it.data));
      const [owner] = owners;
      // Where two things define a host the first one that Istio finds decides; a wildcard entry only where nothing else is.
      if (!owner || owners.some((it) => it.data.incomplete)) continue;
      const ports = portsOfOwner(owner);
      if (ports.length < 2) continue;
      const { node, named } = siteOf(destination);
      if (node.get('port') !== undefined || (node.type === 'map' && node.partial)) continue;
      const { at, written } = named;
      const suggested = isServiceOwner(owner)
        ? owner.data.ports.flatMap((it) => {
            const protocol = protocolOf(it);
            const fits = protocol === undefined || isHttp(protocol) === (field === 'http');
            return fits && it.number !== undefined ? [it.number] : [];
          })
        : ports;
      yield {
        at,
        message: `"${displayHost(host)}" has ${ports.length} ports, and this destination names none.`,
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
        related: [{ at: owner, message: `"${displayHost(host)}" has ports ${ports.join(', ')}` }],
        data: { host: written, ports: suggested.length > 0 ? suggested : ports },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { ports } = problem.data as { host: string; ports: readonly number[] };
    const destination = destinationsOf(resource).find((it) => it.named?.at.start === problem.at.start)?.node;
    if (destination?.type !== 'map') return [];
    return ports.slice(0, 3).map((port) => ({
      title: `Use port ${port}`,
      edits: [insertEntry(text, destination, 'port', `number: ${port}`, 'host')],
    }));
  },
});
