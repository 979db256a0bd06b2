import { shortPath } from '../../../text/uri.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { displayHost } from '../../../model/hosts.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { canonicalHost } from '../hosts.js';
import { statedDestinations } from '../destinations.js';
import { textsAt } from '../kinds/shared.js';
import { destinationsOf } from '../kinds/traffic.js';
import { isServiceOwner, ownersOfHost } from '../lookups.js';
import { isHttp, protocolOf } from '../protocols.js';
import { virtualServices } from '../tables.js';
import type { ServicePort } from '../../kubernetes/tables.js';

export const httpFieldsOnTcpPort = defineRule({
  id: 'istio/http-fields-on-tcp-port',
  title: 'HTTP routes for a Service whose ports are TCP',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The "http" routes to it do nothing.',
  why: 'Istio takes the protocol of a port from its name or appProtocol. On a port that is declared as something other than HTTP the proxy forwards bytes and never looks at "http" routes.',
  remedy: 'Name the port "http-…", or write "tcp" routes.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - timeout: 5s
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: tcp-web, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - timeout: 5s
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http-web, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: { ownersOfHost },

  *check({ resource, read, stated }) {
    const seen = new Set<string>();
    const routed =
      stated(virtualServices)?.data.hosts ?? textsAt(resource.root, 'spec.hosts').map((it) => canonicalHost(it, resource.namespace));
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    for (const destination of destinations) {
      const { host, field, mirror } = destination;
      if (field !== 'http' || mirror) continue;
      // Only where the routes are for calls to this very Service does its own port decide.
      if (seen.has(host) || !routed.includes(host)) continue;
      seen.add(host);
      const owners = read.ownersOfHost(host);
      const [owner] = owners;
      if (!owner || owners.length > 1 || owner.data.incomplete) continue;
      const ports = owner.data.ports.map((it) =>
        isServiceOwner(owner) ? protocolOf(it as ServicePort) : 'protocol' in it ? it.protocol?.toLowerCase() : undefined,
      );
      if (ports.length === 0 || ports.some((it) => it === undefined || isHttp(it))) continue;
      const gateways = resource.root.list('spec.gateways.*');
      // On a gateway the protocol of its server decides, not that of the Service behind.
      if (gateways.length > 0 && !gateways.some((it) => it.text() === 'mesh')) return;
      const names = owner.data.ports.map((it) => `${it.number}${it.name === undefined ? '' : ` (${it.name})`}`);
      yield {
        at: siteOf(destination).named.at,
        message: `No port of "${displayHost(host)}" is declared as HTTP: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}.`,
        related: [{ at: owner, message: `"${displayHost(host)}" is defined here` }],
      };
    }
  },

  fix({ resource, read, problem, other }) {
    const destination = destinationsOf(resource).find(({ named }) => named?.at.start === problem.at.start);
    const [owner] = read.ownersOfHost(canonicalHost(destination?.node.text('host') ?? '', resource.namespace));
    const place = owner && isServiceOwner(owner) ? other(owner.resource) : undefined;
    if (!owner || !place) return [];
    return place.resource.root.list('spec.ports.*').flatMap((port): Fix[] => {
      const number = port.number('port');
      const written = port.get('appProtocol');
      if (port.type !== 'map' || number === undefined || port.text('protocol') === 'UDP') return [];
      const edit = written ? replaceValue(place.text, written, 'http') : insertEntry(place.text, port, 'appProtocol', 'http');
      return [
        {
          title: `Set appProtocol: http on port ${number} of Service "${place.resource.name}" (${shortPath(place.file)})`,
          edits: [{ resource: owner.resource, ...edit }],
        },
      ];
    });
  },
});
