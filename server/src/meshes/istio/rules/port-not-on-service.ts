import { displayHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { canUse } from '../hosts.js';
import { statedDestinations, userOf } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { isServiceOwner, ownersOfHost, portsOfOwner } from '../lookups.js';

export const portNotOnService = defineRule({
  id: 'istio/port-not-on-service',
  title: 'Route sends traffic to a port that the Service does not have',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:host-port'],
  effect: 'Requests on this route get 503.',
  why: 'The proxy has one cluster for each port of a Service, as the Service numbers them, not as containers do. For another number it has none.',
  remedy: 'Use a port of the Service, or add the port to it.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart, port: { number: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart, port: { number: 80 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, targetPort: 8080 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: { ownersOfHost },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    const user = userOf({ resource, stated });
    for (const destination of destinations) {
      const { host, port, mirror } = destination;
      if (port === undefined) continue;
      const owners = read.ownersOfHost(host).filter((it) => canUse(user, it.data));
      const ports = [...new Set(owners.flatMap(portsOfOwner))].sort((a, b) => a - b);
      // A ServiceEntry without ports, as a wildcard may be, says nothing of them.
      if (ports.length === 0 || ports.includes(port) || owners.some((it) => it.data.incomplete)) continue;
      const owner = owners[0]!;
      yield {
        at: siteOf(destination).node.get('port.number')!,
        message: `"${displayHost(host)}" has no port ${port}; it has ${portList(ports)}.`,
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
        related: [{ at: owner, message: `${isServiceOwner(owner) ? 'Service' : 'ServiceEntry'} "${displayHost(host)}" is defined here` }],
        data: owners.length === 1 && isServiceOwner(owner) ? candidates(owner.data.ports, port) : { ports, sure: false },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { ports, sure } = problem.data as { ports: readonly number[]; sure: boolean };
    const node = destinationsOf(resource)
      .map((it) => it.node.get('port.number'))
      .find((it) => it?.start === problem.at.start);
    return node === undefined
      ? []
      : ports.slice(0, 3).map((port, i) => ({
          title: `Change to ${port}`,
          preferred: sure && i === 0,
          edits: [replaceValue(text, node, port)],
        }));
  },
});

/** Ports to use instead: the one whose pods listen on the number that was written comes first, and is surely meant. */
function candidates(
  ports: readonly { readonly number: number | undefined; readonly targetPort: number | string | undefined }[],
  written: number,
): { ports: readonly number[]; sure: boolean } {
  const known = ports.flatMap((it) => (it.number === undefined ? [] : [{ number: it.number, meant: it.targetPort === written }]));
  const meant = known.filter((it) => it.meant);
  return {
    ports: [...meant, ...known.filter((it) => !it.meant)].map((it) => it.number),
    sure: meant.length === 1,
  };
}

function portList(ports: readonly number[]): string {
  if (ports.length > 3) return `${ports.slice(0, 3).join(', ')} and ${ports.length - 3} more`;
  return ports.length === 1 ? `${ports[0]} only` : `${ports.slice(0, -1).join(', ')} and ${ports.at(-1)}`;
}
