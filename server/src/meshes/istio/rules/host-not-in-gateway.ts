import { displayName } from '../../../model/resource.js';
import { hostsOverlap } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { shortPath } from '../../../text/uri.js';
import { insertItem } from '../../../yaml/edit.js';
import { gatewayKey, INTERNAL_GATEWAY, serverHost } from '../hosts.js';
import { isOpen, textsAt } from '../kinds/shared.js';
import { gatewayEntriesOf } from '../kinds/traffic.js';
import { gatewaysNamed as gatewaysOfGatewayApi } from '../../gateway-api/lookups.js';
import { gatewaysNamed } from '../lookups.js';
import { virtualServices, type GatewayFacts } from '../tables.js';
import { quotedList } from '../words.js';

export const hostNotInGateway = defineRule({
  id: 'istio/host-not-in-gateway',
  title: 'Gateway serves none of the hosts of a VirtualService bound to it',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0132'],
  effect: 'It answers 404 for them.',
  why: 'A gateway takes from a VirtualService only the hosts that one of its servers lists and admits from that namespace. For all other hosts it has no route.',
  remedy: 'Add the host to a server of the Gateway, or route a host that the Gateway serves.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.org]
  gateways: [istio-ingress/public]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: ["*.example.com"]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [istio-ingress/public]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: ["*.example.com"]
`,
  },

  mentions: ['gateways'],
  kinds: ['VirtualService'],
  reads: { gatewaysNamed, gatewaysOfGatewayApi },

  *check({ resource, read, stated }) {
    const own = stated(virtualServices)?.data;
    // What is no service of the cluster is stated as it is written.
    const outside = own?.hosts.filter((it) => !it.endsWith('.svc.cluster.local')) ?? [];
    const isServed = (key: string): boolean =>
      key === 'mesh' || read.gatewaysNamed(key).some((it) => it.data.incomplete || serves(it.data, resource.namespace, outside));
    if (outside.length > 0 && own?.gateways.every(isServed) === true) return;
    const hosts = textsAt(resource.root, 'spec.hosts');
    if (hosts.length === 0 || isOpen(resource, 'spec.hosts')) return; // a delegate has none
    for (const { node, inMatch } of gatewayEntriesOf(resource.root)) {
      const written = node.text();
      if (inMatch || written === undefined || written.includes(INTERNAL_GATEWAY)) continue;
      const key = gatewayKey(written, resource.namespace);
      const found = key === undefined ? [] : read.gatewaysNamed(key);
      const [gateway] = found;
      const [listening] = gateway || key === undefined ? [] : read.gatewaysOfGatewayApi(key);
      if (listening && !listening.data.incomplete && !listening.data.listeners.some((it) => it.hidden || listens(it.hostname, hosts))) {
        const names = [...new Set(listening.data.listeners.flatMap((it) => it.hostname ?? []))];
        yield {
          at: node,
          message:
            names.length === 0
              ? `Gateway "${displayName(listening.data)}" serves no host.`
              : `Gateway "${displayName(listening.data)}" serves ${quotedList(names)} and none of this VirtualService's hosts.`,
          related: listening.data.listeners.map((it) => ({
            at: { resource: listening.resource, range: it.range },
            message: `"${listening.data.name}" listens for ${it.hostname ?? 'every host'} here`,
          })),
        };
      }
      if (!gateway || found.some((it) => it.data.incomplete || serves(it.data, resource.namespace, hosts))) continue;
      const { data } = gateway;
      const served = [...new Set(data.servers.flatMap((it) => it.hosts))];
      yield {
        at: node,
        message:
          served.length === 0
            ? `Gateway "${displayName(data)}" serves no host.`
            : `Gateway "${displayName(data)}" serves ${quotedList(served)} and none of this VirtualService's hosts.`,
        related: data.servers.flatMap((it) =>
          it.hostsRange === undefined
            ? []
            : [{ at: { resource: gateway.resource, range: it.hostsRange }, message: `"${data.name}" lists its hosts here` }],
        ),
        data: { gateway: gateway.resource, hosts },
      };
    }
  },

  fix({ problem, other }) {
    if (problem.data === undefined) return []; // a Gateway of the Gateway API: which listener, only its author knows
    const { gateway: id, hosts } = problem.data as { gateway: string; hosts: readonly string[] };
    const place = other(id);
    if (!place) return [];
    const servers = place.resource.root.list('spec.servers.*');
    return hosts.slice(0, 3).flatMap((host) => {
      const edits = servers.flatMap((server) => {
        const list = server.get('hosts');
        return list?.type === 'list' ? [{ resource: id, ...insertItem(place.text, list, JSON.stringify(host)) }] : [];
      });
      // A host that is not fully written, such as "cart", is no host of a Gateway.
      if (edits.length === 0 || !host.includes('.')) return [];
      return [{ title: `Add "${host}" to the Gateway (${shortPath(place.file)})`, edits }];
    });
  },
});

/** Whether a listener takes any of the hosts; one without a hostname takes all. */
function listens(hostname: string | undefined, hosts: readonly string[]): boolean {
  return hostname === undefined || hosts.some((it) => hostsOverlap(hostname, it));
}

/** Whether a gateway takes any of the hosts from a VirtualService of a namespace. */
function serves(gateway: GatewayFacts, namespace: string | undefined, hosts: readonly string[]): boolean {
  return gateway.servers.some((server) =>
    server.hosts.some((written) => {
      const { namespace: from, host } = serverHost(written, gateway.namespace);
      const admits =
        from === '*' || namespace === undefined || from === namespace || (written.startsWith('./') && gateway.namespace === undefined);
      return admits && hosts.some((it) => hostsOverlap(host, it));
    }),
  );
}
