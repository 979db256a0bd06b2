import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBackendsOnServer } from './route-backends-on-server.js';

test('fades backends of routes that are attached to Servers only', () => {
  check(
    routeBackendsOnServer,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }], rules: [{ backendRefs: [{ name: cart, port: 80 }] }] }
    #                                                                                       ^^^^^^^^^^^ info linkerd/route-backends-on-server 💡 "A route on a Server sends requests nowhere. They are never used."
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec:
      parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }, { group: core, kind: Service, name: cart }]
      rules: [{ backendRefs: [{ name: cart, port: 80 }] }]

  `,
  );
});
