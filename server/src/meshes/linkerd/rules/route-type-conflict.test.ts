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
