import { defineRule } from '../../../rules/rule.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { listenerTuple } from '../listeners.js';

export const repeatedListener = defineRule({
  id: 'gateway-api/repeated-listener',
  title: 'Two listeners of a Gateway have the same port, protocol and hostname',
  severity: 'error',
  category: 'schema',
  peers: ['KIA1503'],
  // The condition of the CRD marks one listener of each pair.
  replaces: ['schema/condition'],
  effect: 'The API server rejects it.',
  why: 'A request has to be for one listener. Two with the same port, protocol and hostname could both take it, which the API server refuses.',
  remedy: 'Make one listener of the two, or give them different hostnames or ports.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners:
  - { name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }
  - { name: store, port: 80, protocol: HTTP, hostname: shop.example.com }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners:
  - { name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }
  - { name: store, port: 80, protocol: HTTP, hostname: store.example.com }
`,
  },

  kinds: ['Gateway', 'ListenerSet', 'XListenerSet'],
  reads: {},

  *check({ resource }) {
    const listeners = resource.root.list('spec.listeners.*').filter((it) => !hasOpaque(it));
    for (const listener of listeners) {
      const others = listeners.filter((it) => it !== listener && listenerTuple(it) === listenerTuple(listener));
      const [other] = others;
      if (!other || listener.number('port') === undefined) continue;
      const hostname = listener.text('hostname');
      yield {
        at: listener.get('name') ?? listener,
        message: `Listener "${other.text('name') ?? ''}" takes ${listener.text('protocol') ?? ''} on port ${listener.number('port')}${hostname ? ` for "${hostname}"` : ''} too.`,
        related: others.map((it) => ({ at: it.get('name') ?? it, message: 'The other listener is here' })),
      };
    }
  },
});
