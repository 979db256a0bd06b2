import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBackendNotFound } from './route-backend-not-found.js';

test('looks for backends of routes that calls go by', () => {
  check(
    routeBackendNotFound,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
      rules: [{ backendRefs: [{ name: cart-v2, port: 80, weight: 0 }, { name: cart, port: 80 }, { group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 80 }] }]
    #                                 ^^^^^^^ warning linkerd/route-backend-not-found 💡 "No Service "shop/cart-v2" exists in this workspace. Its share of the requests gets 500."
    #                                                                                                                                                  ^^^ warning linkerd/route-backend-not-found "No EgressNetwork "shop/out" exists in this workspace. Its share of the requests gets 500."
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }], rules: [{ backendRefs: [{ name: none, port: 80 }] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80 }] }

  `,
  );
});

test('in the open world, needs Services of the namespace', () => {
  check(
    routeBackendNotFound,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
      rules: [{ backendRefs: [{ name: ledger, port: 80 }, { name: ledger, namespace: payments, port: 80 }, { group: policy.linkerd.io, kind: EgressNetwork, name: out }] }]
    #                                 ^^^^^^ warning linkerd/route-backend-not-found 💡 "No Service "shop/ledger" exists in this workspace. Its share of the requests gets 500."
    #                                                                                                                                                             ^^^ warning linkerd/route-backend-not-found "No EgressNetwork "shop/out" exists in this workspace. Its share of the requests gets 500."
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80 }] }

  `,
    { world: 'open' },
  );
});
