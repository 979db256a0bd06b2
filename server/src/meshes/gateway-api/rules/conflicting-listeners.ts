import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { hostKey } from '../kinds/gateways.js';
import { gateways, listenersOnHost } from '../tables.js';
import { keyOf } from '../kinds/shared.js';

export const conflictingListeners = defineRule({
  id: 'gateway-api/conflicting-listeners',
  title: 'Two Gateways listen for the same hostname, port and protocol',
  severity: 'warning',
  category: 'semantics',
  peers: ['KIA1501'],
  effect: 'Which of them gets a request depends on DNS.',
  why: 'Each Gateway has addresses of its own unless its class merges them. A hostname that two of them serve is answered by whichever its DNS record names, and routes on the other are never reached.',
  remedy: 'Serve the hostname from one of them. Where one is internal and one public this is meant: ignore it.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: partners, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: partners.example.com }, { name: both, port: 80, protocol: HTTP, hostname: shop.example.com }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: partners, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: partners, port: 80, protocol: HTTP, hostname: partners.example.com }]
`,
  },
  unseen: 'info',

  kinds: ['Gateway'],
  reads: { gateways, listenersOnHost },

  *check({ resource, read }) {
    const own = read.gateways(keyOf(resource)).find((it) => it.resource === resource.id);
    if (!own || resource.partial) return;
    const nodes = resource.root.list('spec.listeners.*');
    for (const [index, listener] of own.data.listeners.entries()) {
      const at = nodes[index]?.get('hostname');
      if (listener.hostname === undefined || listener.hidden || at === undefined) continue;
      const all = read
        .listenersOnHost(hostKey(listener))
        .filter(({ data }) => data.gateway !== own.data.name || data.namespace !== own.data.namespace);
      const near = all.filter(
        ({ data }) => data.className === own.data.className && !haveDifferentAddresses(data.addresses, own.data.addresses),
      );
      // Those of another class or address are apart; Kiali looks at neither.
      const rivals = near.length > 0 ? near : all;
      const [rival] = rivals;
      if (!rival) continue;
      const name = displayName({ namespace: rival.data.namespace, name: rival.data.gateway });
      yield {
        at,
        // One Gateway for the inside and one for the outside is a common design, which manifests do not show.
        certainty: near.length > 0 ? 'unseen' : 'proven',
        ...(near.length === 0 && { severity: 'hint' as const, effect: 'They have different classes or addresses.' }),
        message: `Gateway "${name}" listens for "${listener.hostname}" on port ${listener.port} too.`,
        related: rivals
          .slice(0, 3)
          .map((it) => ({ at: it, message: `Listener "${it.data.name}" of Gateway "${it.data.gateway}" is here` })),
      };
    }
  },
});

function haveDifferentAddresses(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !a.some((it) => b.includes(it));
}
