import { removeItem } from '../../../yaml/edit.js';
import type { Definition } from '../../../model/facts.js';
import { displayName, type Resource } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed } from '../lookups.js';
import { parentOfListenerSet } from '../references.js';
import type { GatewayFacts } from '../tables.js';

export const repeatedListener = defineRule({
  id: 'gateway-api/repeated-listener',
  title: 'Two listeners of a Gateway have the same port, protocol and hostname',
  severity: 'error',
  category: 'semantics',
  peers: ['KIA1503'],
  effect: 'The API server rejects it.',
  why: 'A request has to be for one listener. Two with the same port, protocol and hostname could both take it, which the API server refuses. Of a Gateway and its ListenerSets, the Gateway keeps the listener.',
  remedy: 'Make one listener of the two, or give them different hostnames or ports.',
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

  kinds: ['Gateway', 'ListenerSet', 'XListenerSet'],
  reads: { gatewaysNamed },

  *check({ resource, read }) {
    const listeners = resource.root.list('spec.listeners.*').filter((it) => !hasOpaque(it));
    for (const listener of listeners) {
      const others = listeners.filter((it) => it !== listener && tupleOf(it) === tupleOf(listener));
      const [other] = others;
      if (listener.number('port') === undefined) continue;
      if (!other) {
        yield* ofGateway(listener, resource, read);
        continue;
      }
      const hostname = listener.text('hostname');
      yield {
        at: listener.get('name') ?? listener,
        message: `Listener "${other.text('name') ?? ''}" takes ${listener.text('protocol') ?? ''} on port ${listener.number('port')}${hostname ? ` for "${hostname}"` : ''} too.`,
        related: others.map((it) => ({ at: it.get('name') ?? it, message: 'The other listener is here' })),
      };
    }
  },

  fix({ resource, problem, text }) {
    const list = resource.root.get('spec.listeners');
    if (list?.type !== 'list' || list.items.length < 2) return [];
    const index = list.items.findIndex((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    const edit = removeItem(text, list, index);
    return edit ? [{ title: `Delete listener "${list.items[index]?.text('name') ?? ''}"`, edits: [edit] }] : [];
  },
});

/** A listener that the Gateway of a ListenerSet has already. */
function* ofGateway(
  listener: YamlNode,
  resource: Resource,
  read: { readonly gatewaysNamed: (key: string) => readonly Definition<GatewayFacts>[] },
): Iterable<Problem> {
  const parent = resource.kind === 'Gateway' ? undefined : parentOfListenerSet(resource);
  const [gateway] = parent === undefined ? [] : read.gatewaysNamed(keyOf(parent));
  const rival = gateway?.data.listeners.find(
    (it) => !it.hidden && [it.hostname ?? '', it.port, it.protocol].join('|') === tupleOf(listener),
  );
  if (!gateway || !rival) return;
  yield {
    at: listener.get('name') ?? listener,
    peers: [],
    message: `Gateway "${displayName(gateway.data)}" has this listener already, as "${rival.name}".`,
    effect: 'This one is not opened.',
    related: [{ at: { resource: gateway.resource, range: rival.range }, message: `Listener "${rival.name}" is here` }],
  };
}

function tupleOf(listener: YamlNode): string {
  return [listener.text('hostname') ?? '', listener.number('port'), listener.text('protocol')].join('|');
}
