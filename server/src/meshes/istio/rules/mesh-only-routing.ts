import { defineRule } from '../../../rules/rule.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { isOpen } from '../kinds/shared.js';
import { placeOfName } from '../places.js';

/** Fields that an HTTPRoute has a place for, by where they stand. */
const ROUTE = ['name', 'match', 'route', 'redirect', 'rewrite', 'timeout', 'headers', 'mirror', 'mirrors'];
const MATCH = ['name', 'uri', 'method', 'headers', 'queryParams'];
const DESTINATION = ['host', 'port'];

export const meshOnlyRouting = defineRule({
  id: 'istio/mesh-only-routing',
  title: 'Routes that an HTTPRoute of the Gateway API could tell',
  severity: 'hint',
  category: 'pitfall',
  offByDefault: true,
  why: 'A VirtualService is understood by Istio alone. Where it matches paths, headers and methods, weighs Services, redirects, rewrites or mirrors, an HTTPRoute says the same and is read by other meshes and gateways too, so that the routing survives a change of the mesh.',
  remedy: 'Write an HTTPRoute with the Service or the Gateway as its parent, when the routes are next touched.',
  example: {
    bad: example('destination: { host: cart, port: { number: 80 } }'),
    good: example('destination: { host: cart, subset: v1 }'),
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.map('spec');
    if (!spec || isOpen(resource, 'spec') || spec.entries.some(({ key }) => !['hosts', 'gateways', 'http'].includes(key))) return;
    const routes = spec.get('http');
    if (routes?.type !== 'list' || routes.items.length === 0 || !routes.items.every(hasCounterpart)) return;
    yield { at: placeOfName(resource), message: 'An HTTPRoute of the Gateway API could tell all of these routes.' };
  },
});

function hasCounterpart(route: YamlNode): boolean {
  if (!holdsOnly(route, ROUTE)) return false;
  if (!route.list('match.*').every((it) => holdsOnly(it, MATCH) && isPlainMatch(it))) return false;
  if (!route.list('route.*').every((it) => holdsOnly(it, ['destination', 'weight', 'headers']))) return false;
  const destinations = [...route.list('route.*.destination'), ...route.list('mirror'), ...route.list('mirrors.*.destination')];
  return destinations.every((it) => holdsOnly(it, DESTINATION) && it.has('port'));
}

/** Exact values and prefixes; a regular expression means something else to each implementation. */
function isPlainMatch(match: YamlNode): boolean {
  return ['uri', 'method', 'headers.*', 'queryParams.*'].every((path) =>
    match.list(path).every((it) => holdsOnly(it, ['exact', 'prefix'])),
  );
}

function holdsOnly(node: YamlNode, keys: readonly string[]): node is YamlMap {
  return node.type === 'map' && node.entries.every((it) => keys.includes(it.key));
}

function example(destination: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - match: [{ uri: { prefix: /cart } }]
    route:
    - ${destination}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart-v1, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, version: v1 } }
    spec: { containers: [{ name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }] }] }
`;
}
