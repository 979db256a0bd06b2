import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { uriOfResource } from '../../../sources/documents.js';
import { areNeighbors } from '../../../text/uri.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { GRPC_ROUTE, HTTP_ROUTES, L4_ROUTES, linkerdParents } from '../references.js';
import { routesOn } from '../tables.js';

/** Kinds of routes, those that go first at the front. */
const RANKS = ['GRPCRoute', 'HTTPRoute', 'TLSRoute', 'TCPRoute'];

export const routeTypeConflict = defineRule({
  id: 'linkerd/route-type-conflict',
  title: 'Routes of different kinds attached to one port',
  severity: 'warning',
  category: 'semantics',
  effect: 'This one is not accepted.',
  why: 'A port has routes of one kind. Where there are several kinds, GRPCRoutes go before HTTPRoutes, those before TLSRoutes and TCPRoutes come last; the others get the status "RouteReasonConflicted" and take nothing.',
  remedy: 'Write all routes of a port as one kind, or attach them to different ports.',
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart-http, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: cart-grpc, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }, { name: grpc, port: 90 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart-http, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ backendRefs: [{ name: cart, port: 80 }] }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: cart-grpc, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 90 }]
  rules: [{ backendRefs: [{ name: cart, port: 90 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }, { name: grpc, port: 90 }] }
`,
  },

  unseen: 'info',

  kinds: [...HTTP_ROUTES, GRPC_ROUTE, ...L4_ROUTES],
  reads: { isMeshInUse, routesOn },

  *check({ resource, read }) {
    const rank = RANKS.indexOf(resource.kind);
    for (const ref of linkerdParents(resource, () => read.isMeshInUse('linkerd'))) {
      const place = ref.sort === 'Server' ? resource.namespace : ref.namespace;
      const winner = read
        .routesOn(`${ref.sort}/${namespaceKey(place)}/${ref.name}`)
        .filter((it) => it.data.port === ref.port && RANKS.indexOf(it.data.kind) < rank)
        .sort((a, b) => RANKS.indexOf(a.data.kind) - RANKS.indexOf(b.data.kind))[0];
      if (winner === undefined) continue;
      yield {
        at: ref.nameNode,
        // Two demos in one repository are seldom applied to one cluster.
        certainty: areNeighbors(resource.uri, uriOfResource(winner.resource)) ? 'owned' : 'unseen',
        message: `${winner.data.kind} "${displayName(winner.data)}" is attached to the same ${ref.sort}${ref.port === undefined ? '' : ` and port ${ref.port}`}, and goes before ${resource.kind}s.`,
        related: [{ at: winner, message: `${winner.data.kind} "${winner.data.name}" is attached here` }],
      };
      return;
    }
  },
});
