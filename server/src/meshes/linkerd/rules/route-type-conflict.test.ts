import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeTypeConflict } from './route-type-conflict.js';

test('lets the more specific kind have the port', () => {
  check(
    routeTypeConflict,
    `
    kind: TCPRoute
    metadata: { name: tcp, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }] }
    #                                                        ^^^^ warning linkerd/route-type-conflict "HTTPRoute "shop/http" is attached to the same Service and port 80, and goes before TCPRoutes. This one is not accepted. Write all routes of a port as one kind, or attach them to different ports."
    ---
    kind: HTTPRoute
    metadata: { name: http, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }] }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: own, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }] }
    ---
    kind: TCPRoute
    metadata: { name: other-port, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart, port: 90 }] }
    ---
    kind: TCPRoute
    metadata: { name: all-ports, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart }] }

  `,
    { settings: { mesh: 'linkerd' } },
  );
});

test('in the open world, is less sure of routes that lie far apart', () => {
  check(
    routeTypeConflict,
    `
    # file: demos/canary/route.yaml
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }] }
    #                                                        ^^^^ info linkerd/route-type-conflict
    # file: workshop/grpc/route.yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: GRPCRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }] }
  `,
    { world: 'open' },
  );
});
