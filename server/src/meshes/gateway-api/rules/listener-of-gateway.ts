import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { keyOf } from '../kinds/shared.js';
import { listenerTuple } from '../listeners.js';
import { gatewaysNamed } from '../lookups.js';
import { parentOfListenerSet } from '../references.js';

export const listenerOfGateway = defineRule({
  id: 'gateway-api/listener-of-gateway',
  title: 'ListenerSet brings a listener that its Gateway has already',
  severity: 'error',
  category: 'semantics',
  effect: 'This one is not opened.',
  why: 'A request has to be for one listener. Of a Gateway and its ListenerSets with the same port, protocol and hostname, the Gateway keeps the listener, and the status of the ListenerSet tells of a conflict.',
  remedy: 'Take the listener out, or give it another hostname or port.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  allowedListeners: { namespaces: { from: Same } }
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more, namespace: ingress }
spec:
  parentRef: { name: public }
  listeners: [{ name: store, port: 80, protocol: HTTP, hostname: shop.example.com }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  allowedListeners: { namespaces: { from: Same } }
  listeners: [{ name: shop, port: 80, protocol: HTTP, hostname: shop.example.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more, namespace: ingress }
spec:
  parentRef: { name: public }
  listeners: [{ name: store, port: 80, protocol: HTTP, hostname: store.example.com }]
`,
  },

  kinds: ['ListenerSet', 'XListenerSet'],
  reads: { gatewaysNamed },

  *check({ resource, read }) {
    const parent = parentOfListenerSet(resource);
    const [gateway] = parent === undefined ? [] : read.gatewaysNamed(keyOf(parent));
    if (!gateway) return;
    for (const listener of resource.root.list('spec.listeners.*')) {
      if (hasOpaque(listener) || listener.number('port') === undefined) continue;
      const rival = gateway.data.listeners.find(
        (it) => !it.hidden && [it.hostname ?? '', it.port, it.protocol].join('|') === listenerTuple(listener),
      );
      if (!rival) continue;
      yield {
        at: listener.get('name') ?? listener,
        message: `Gateway "${displayName(gateway.data)}" has this listener already, as "${rival.name}".`,
        related: [{ at: { resource: gateway.resource, range: rival.range }, message: `Listener "${rival.name}" is here` }],
      };
    }
  },
});
