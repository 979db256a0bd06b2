import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routePathNotAbsolute } from './route-path-not-absolute.js';

test('wants a slash in front of paths that are compared, and of redirects', () => {
  check(
    routePathNotAbsolute,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      rules:
      - matches: [{ path: { value: api } }, { path: { type: RegularExpression, value: api.* } }, { path: { type: Exact, value: /api } }, { method: GET }]
    #                              ^^^ error linkerd/route-path-not-absolute 💡 ""api" does not begin with "/". The webhook rejects it."
        filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath, replaceFullPath: new } } }]
    #                                                                                                         ^^^ error linkerd/route-path-not-absolute 💡 ""new" does not begin with "/". The webhook rejects it."
    ---
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ name: public }], rules: [{ matches: [{ path: { value: api } }] }] }

  `,
  );
});
