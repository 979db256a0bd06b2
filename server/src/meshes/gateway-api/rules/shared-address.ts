import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { gateways, gatewaysAtAddress } from '../tables.js';
import { keyOf } from '../kinds/shared.js';

export const sharedAddress = defineRule({
  id: 'gateway-api/shared-address',
  title: 'Two Gateways ask for the same address',
  severity: 'warning',
  category: 'semantics',
  peers: ['KIA1502'],
  effect: 'One of them gets none.',
  why: 'An address is given to one Gateway, unless the implementation merges Gateways. The other stays without an address, and no client reaches it.',
  remedy: 'Give each Gateway an address of its own, or make one Gateway of the two.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  addresses: [{ type: IPAddress, value: 192.0.2.10 }]
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: partners, namespace: ingress }
spec:
  gatewayClassName: istio
  addresses: [{ type: IPAddress, value: 192.0.2.20 }, { type: IPAddress, value: 192.0.2.10 }]
  listeners: [{ name: partners, port: 80, protocol: HTTP, hostname: partners.example.com }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  addresses: [{ type: IPAddress, value: 192.0.2.10 }]
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: partners, namespace: ingress }
spec:
  gatewayClassName: istio
  addresses: [{ type: IPAddress, value: 192.0.2.20 }]
  listeners: [{ name: partners, port: 80, protocol: HTTP, hostname: partners.example.com }]
`,
  },

  kinds: ['Gateway'],
  reads: { gateways, gatewaysAtAddress },

  *check({ resource, read }) {
    const own = read.gateways(keyOf(resource)).find((it) => it.resource === resource.id);
    if (!own || resource.partial) return;
    for (const item of resource.root.list('spec.addresses.*')) {
      const address = item.text('value');
      if (address === undefined || address === '') continue;
      const others = read
        .gatewaysAtAddress(address)
        .filter(
          ({ data }) => data.name !== own.data.name || (data.namespace !== own.data.namespace && data.namespace && own.data.namespace),
        );
      if (others.length === 0) continue;
      yield {
        at: item,
        message: `Gateway ${quotedList([...new Set(others.map((it) => displayName(it.data)))])} asks for ${address} too.`,
        related: others.map((it) => ({ at: it, message: `Addresses of Gateway "${displayName(it.data)}" are here` })),
      };
    }
  },
});
