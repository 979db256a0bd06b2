import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeWithoutAction } from './route-without-action.js';

test('reports routes without destination, redirect or response', () => {
  check(
    routeWithoutAction,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - timeout: 5s
    #   ^^^^^^^ error istio/route-without-action "This HTTP route has no destination, redirect, direct response or delegate."
      - route: []
    #   ^^^^^ error istio/route-without-action
      - redirect: { uri: / }
      - directResponse: { status: 200 }
      - delegate: { name: other }
      - route: [{ destination: { host: cart } }]
      - {{ .Values.route }}
      tcp:
      - match: [{ port: 80 }]
    #   ^^^^^ error istio/route-without-action "This TCP route has no destination."
      - route: {{ .Values.destinations }}
  `,
  );
});

test('reports a VirtualService without routes, and no patch of one', () => {
  check(
    routeWithoutAction,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
    #< error istio/route-without-action "This VirtualService has no routes."
      hosts: [cart]
    # file: cart-patch.yaml
    kind: VirtualService
    metadata: { name: basket, namespace: shop }
    spec: { hosts: [cart] }
  `,
  );
});
