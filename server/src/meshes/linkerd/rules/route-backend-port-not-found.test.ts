import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBackendPortNotFound } from './route-backend-port-not-found.js';

test('wants the port of the Service, not that of the pods', () => {
  check(
    routeBackendPortNotFound,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart, port: 80 }]
      rules: [{ backendRefs: [{ name: cart, port: 8080 }, { name: cart, port: 80 }, { name: none, port: 1 }] }]
    #                                             ^^^^ warning linkerd/route-backend-port-not-found 💡 "Service "shop/cart" has no port 8080 (8080 is the target of port 80). Its share of the requests fails."
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80, targetPort: 8080 }] }

  `,
  );
});
