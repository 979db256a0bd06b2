import { insertItem, quoteIfNeeded } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import { isOpen } from '../kinds/shared.js';
import { isIp } from '../validation/addresses.js';
import { isWildDomain } from '../validation/names.js';
import { isBoundToMesh } from '../validation/routes.js';
import { quoted, writtenText } from '../validation/values.js';

export const foreignSniHost = defineRule({
  id: 'istio/foreign-sni-host',
  title: 'TLS route for a server that its VirtualService is not for',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A TLS route sees the name of the server that a client asks for (SNI), which is a host name, never an address. It has to be one of the hosts of the VirtualService, or below one of its wildcards.',
  remedy: 'Add the name to "hosts", or correct it.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  tls:
  - match: [{ port: 443, sniHosts: [cart.example.com] }]
    route: [{ destination: { host: cart } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: https, port: 443 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  tls:
  - match: [{ port: 443, sniHosts: [cart] }]
    route: [{ destination: { host: cart } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: https, port: 443 }] }
`,
  },

  mentions: ['sniHosts'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const hosts = isOpen(resource, 'spec.hosts') ? undefined : root.list('spec.hosts.*').flatMap((it) => it.text() ?? []);
    const ofMesh = isBoundToMesh(resource);
    for (const at of root.list('spec.tls.*.match.*.sniHosts.*')) {
      const name = writtenText(at);
      if (name === undefined) continue;
      if (isIp(name))
        yield {
          at,
          severity: 'warning',
          peers: ['IST0133'],
          message: 'Clients send no SNI for an IP address.',
          effect: 'This matches nothing.',
        };
      else if (!isWildDomain(name) && (ofMesh || !name.startsWith('outbound_')))
        yield { at, message: `${quoted(name)} is no DNS name, with or without a star as its first label.` };
      else if (hosts && hosts.length > 0 && !hosts.some((it) => isWithin(name, it)))
        yield {
          at,
          message: `${quoted(name)} is none of the hosts of this VirtualService.`,
          ...(name.startsWith('*') ? {} : { data: { host: name } }),
        };
    }
  },

  fix({ resource, problem, text }) {
    const host = (problem.data as { host: string } | undefined)?.host;
    const list = resource.root.get('spec.hosts');
    if (host === undefined || list?.type !== 'list') return [];
    return [{ title: `Add "${host}" to the hosts of this VirtualService`, edits: [insertItem(text, list, quoteIfNeeded(host))] }];
  },
});

/** Whether all that a pattern stands for another one stands for, too. */
function isWithin(name: string, host: string): boolean {
  if (name === host) return true;
  if (!host.startsWith('*')) return false;
  return name.length >= host.length && name.replace(/^\*/, '').endsWith(host.slice(1));
}
