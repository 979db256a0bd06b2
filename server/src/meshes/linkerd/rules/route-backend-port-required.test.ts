import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBackendPortRequired } from './route-backend-port-required.js';

test('wants a port that is not 0, of Services only', () => {
  check(
    routeBackendPortRequired,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
      rules: [{ backendRefs: [{ name: cart }, { name: cart, port: 0 }, { name: cart, port: 80 }, { group: policy.linkerd.io, kind: EgressNetwork, name: out }] }]
    #                                 ^^^^ error linkerd/route-backend-port-required 💡 "Backend "cart" needs the port of the Service. Its share of the requests gets 500."
    #                                                             ^ error linkerd/route-backend-port-required 💡 "0 is no port of a Service. Its share of the requests gets 500."
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80 }] }

  `,
  );
});

test('leaves routes of Gateways alone', () => {
  check(
    routeBackendPortRequired,
    `
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: cart }] }] }
    ---
    kind: GRPCRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: cart }], rules: [{ backendRefs: [{ name: cart }] }] }
    #                                                                                                 ^^^^ error linkerd/route-backend-port-required "Backend "cart" needs the port of the Service. The webhook rejects it."

  `,
    { settings: { mesh: 'linkerd' } },
  );
});
