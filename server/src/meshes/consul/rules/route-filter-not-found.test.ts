import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeFilterNotFound } from './route-filter-not-found.js';

test('filters by kind and name', () => {
  check(
    routeFilterNotFound,
    `
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      rules:
      - filters:
        - type: ExtensionRef
          extensionRef:
            group: consul.hashicorp.com
            kind: RouteRetryFilter
            name: retry
        - type: ExtensionRef
          extensionRef:
            group: consul.hashicorp.com
            kind: RouteRetryFilters
    #< error consul/route-filter-not-found 💡
            name: retry
        - type: ExtensionRef
          extensionRef:
            group: consul.hashicorp.com
            kind: RouteAuthFilter
            name: retry
    #< error consul/route-filter-not-found "No RouteAuthFilter "retry" is in this workspace."
        - type: ExtensionRef
          extensionRef:
            group: consul.hashicorp.com
            kind: RouteTLSSDSFilter
    #< error consul/route-filter-not-found
            name: tls
        - type: ExtensionRef
          extensionRef:
            group: example.com
            kind: Anything
            name: x
        backendRefs:
        - name: web
          port: 80
          filters:
          - type: ExtensionRef
            extensionRef:
              group: consul.hashicorp.com
              kind: RouteTLSSDSFilter
              name: tls
    ---
    kind: RouteRetryFilter
    metadata: { name: retry, namespace: shop }
    spec: { numRetries: 2 }
    ---
    kind: RouteTLSSDSFilter
    metadata: { name: tls, namespace: shop }
    spec: {}
  `,
  );
});
