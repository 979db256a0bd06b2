import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeUnsupportedFilter } from './route-unsupported-filter.js';

test('carries out header changes and redirects only', () => {
  check(
    routeUnsupportedFilter,
    `
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart }]
      rules:
      - filters: [{ type: RequestMirror }, { type: RequestHeaderModifier }]
    #                     ^^^^^^^^^^^^^ error linkerd/route-unsupported-filter "Linkerd does not carry out RequestMirror. The whole route is ignored. Take the filter out; headers can be set and requests redirected."
        backendRefs: [{ name: cart, port: 80, filters: [{ type: URLRewrite }] }]
    #                                                           ^^^^^^^^^^ error linkerd/route-unsupported-filter "Linkerd does not carry out URLRewrite. Its share of the requests gets 500. Take the filter out; headers can be set and requests redirected."
    ---
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: RequestMirror }] }] }

  `,
    { settings: { mesh: 'linkerd' } },
  );
});
