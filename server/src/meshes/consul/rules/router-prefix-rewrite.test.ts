import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routerPrefixRewrite } from './router-prefix-rewrite.js';

test('rewrites with and without a prefix', () => {
  check(
    routerPrefixRewrite,
    `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - destination:
          prefixRewrite: /
    #< error consul/router-prefix-rewrite 💡
      - match: { http: { pathExact: /a } }
        destination:
          prefixRewrite: /b
  `,
  );
});
