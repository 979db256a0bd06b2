import { displayName } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { Definition } from '../../../model/facts.js';
import type { Range } from '../../../text/range.js';
import { selectorText, type Labels } from '../../../model/selectors.js';
import { gatewayPods, isPartOf } from '../gateways.js';
import { isGenerated, isSameResource, serverHost } from '../hosts.js';
import { isOpen, labelsAt } from '../kinds/shared.js';
import { gatewaysOnPort, type GatewayFacts } from '../tables.js';
import { quotedList } from '../words.js';
import type { YamlNode } from '../../../yaml/node.js';

export const conflictingGateways = defineRule({
  id: 'istio/conflicting-gateways',
  title: 'Two Gateways serve one host on one port of the same pods',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0145', 'KIA0301'],
  effect: 'Only the older one serves it.',
  why: 'Gateways for the same pods are merged into one listener for each port. For a host that two of them serve with TLS or TCP settings of their own only one can win; plain HTTP servers are put together.',
  remedy: 'Serve the host from one Gateway, or on another port.',
  otherTools:
    'Both peers report plain HTTP servers like others, and Kiali wildcards that cover a host, other addresses, and a host that one Gateway lists twice. These work, so here they are hints.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: partners, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: AUTO_PASSTHROUGH }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [shop.example.com]
    tls: { mode: PASSTHROUGH }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: partners, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 443, name: https, protocol: HTTPS }
    hosts: [partners.example.com]
    tls: { mode: AUTO_PASSTHROUGH }
`,
  },

  kinds: ['Gateway'],
  reads: { gatewaysOnPort, gatewayPods },

  *check({ resource, read }) {
    const { root } = resource;
    if (isOpen(resource, 'spec.selector')) return;
    const selector = labelsAt(root, 'spec.selector') ?? {};
    for (const server of root.list('spec.servers.*')) {
      const port = server.number('port.number') ?? 0;
      const bind = server.text('bind') ?? '';
      const isHttp = server.text('port.protocol')?.toUpperCase() === 'HTTP';
      const others = read
        .gatewaysOnPort(String(port))
        .filter((it) => it.resource !== resource.id && !isSameResource(it.data, resource) && shareAPod(selector, it.data.selector));
      // Kiali compares those of one selector only.
      const alike = isGenerated(resource)
        ? []
        : others.filter((it) => !isGenerated(it.data) && selectorText(it.data.selector) === selectorText(selector));
      let told = false;
      for (const node of server.list('hosts.*')) {
        const host = node.text();
        if (host === undefined || host === '') continue;
        const again = repeatOf(node, host, port);
        if (again !== undefined)
          yield {
            at: node,
            severity: 'hint',
            peers: isGenerated(resource) ? [] : ['KIA0301'],
            message: `"${host}" is served again by server ${again} of this Gateway, on the same port.`,
            effect: 'Only one of the two counts.',
          };
        const own = serverHost(host, resource.namespace);
        const isOverlap = (it: Definition<GatewayFacts>, servers: GatewayFacts['servers']): boolean =>
          alike.includes(it) &&
          servers.some((rival) => rival.hosts.some((written) => overlaps(serverHost(written, it.data.namespace), own)));
        const equal = others.filter((it) => rivals(it, port, bind).some((rival) => rival.hosts.includes(host)));
        if (equal.length > 0) {
          const allHttp =
            isHttp &&
            equal.every((it) =>
              rivals(it, port, bind).every((rival) => rival.protocol?.toUpperCase() === 'HTTP' || !rival.hosts.includes(host)),
            );
          const kiali = again === undefined && equal.some((it) => isOverlap(it, rivals(it, port, bind))) ? ['KIA0301'] : [];
          // istioctl tells a server once, Kiali each of its hosts.
          const peers = told ? kiali : ['IST0145', ...kiali];
          if (peers.length > 0)
            yield {
              ...problem(node, equal, host, port),
              ...(allHttp && { severity: 'hint' as const, effect: 'Istio puts their routes together.' }),
              peers,
            };
          told = true;
          continue;
        }
        // An address of its own is a listener of its own; Kiali looks at the port only.
        const covering = alike.filter((it) => isOverlap(it, serversOn(it, port)));
        if (covering.length > 0 && again === undefined)
          yield {
            ...problem(node, covering, host, port),
            severity: 'hint',
            message: `Gateway ${quotedList(names(covering))} ${names(covering).length === 1 ? 'serves' : 'serve'} hosts that overlap "${host}" on port ${port}.`,
            effect: covering.some((it) => isOverlap(it, rivals(it, port, bind)))
              ? 'The narrower host wins.'
              : 'They listen on different addresses.',
            peers: ['KIA0301'],
          };
      }
    }

    /** Number of the later server of this Gateway that has the same host on the same port. */
    function repeatOf(node: YamlNode, host: string, port: number): number | undefined {
      const { namespace, host: name } = serverHost(host, resource.namespace);
      const later = root
        .list('spec.servers.*')
        .flatMap((server, index) =>
          (server.number('port.number') ?? 0) === port ? server.list('hosts.*').map((it) => ({ it, number: index + 1 })) : [],
        );
      const own = later.findIndex(({ it }) => it === node);
      return later.slice(own + 1).find(({ it }) => {
        const other = serverHost(it.text() ?? '', resource.namespace);
        return (
          other.host.toLowerCase() === name.toLowerCase() && (other.namespace === namespace || other.namespace === '*' || namespace === '*')
        );
      })?.number;
    }

    function shareAPod(own: Labels, other: Labels): boolean {
      if (isPartOf(own, other) || isPartOf(other, own)) return true;
      // Different labels may be those of the same pod.
      return (
        Object.keys({ ...own, ...other }).every((key) => own[key] === undefined || other[key] === undefined || own[key] === other[key]) &&
        read.gatewayPods(selectorText({ ...own, ...other })).length > 0
      );
    }
  },
});

function problem(at: Range, others: readonly Definition<GatewayFacts>[], host: string, port: number): Problem {
  return {
    at,
    message: `Gateway ${quotedList(names(others))} ${names(others).length === 1 ? 'serves' : 'serve'} "${host}" on port ${port} of the same pods, too.`,
    related: others.map((it) => ({ at: it, message: `Gateway "${displayName(it.data)}" is defined here` })),
  };
}

function names(others: readonly Definition<GatewayFacts>[]): readonly string[] {
  return [...new Set(others.map((it) => displayName(it.data)))].sort();
}

function rivals(gateway: Definition<GatewayFacts>, port: number, bind: string): GatewayFacts['servers'] {
  return serversOn(gateway, port).filter((it) => (it.bind ?? '') === bind);
}

function serversOn({ data }: Definition<GatewayFacts>, port: number): GatewayFacts['servers'] {
  return data.servers.filter((it) => (it.port ?? 0) === port);
}

/** Whether one host covers the other, for routes of some namespace; equal wildcards do, one below the other does not. (kiali KIA0301) */
function overlaps(left: ReturnType<typeof serverHost>, right: ReturnType<typeof serverHost>): boolean {
  if (left.namespace !== right.namespace && left.namespace !== '*' && right.namespace !== '*') return false;
  const [x, y] = [left.host.toLowerCase(), right.host.toLowerCase()];
  if (x === y || x === '*' || y === '*') return true;
  if (x.startsWith('*.') === y.startsWith('*.')) return false;
  return x.startsWith('*.') ? y.endsWith(x.slice(1)) : x.endsWith(y.slice(1));
}
