import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { principalWithScheme } from './principal-with-scheme.js';

test('reports a scheme in principals, exceptions and conditions', () => {
  check(
    principalWithScheme,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            principals: ["spiffe://cluster.local/ns/shop/sa/storefront", cluster.local/ns/shop/sa/other]
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/principal-with-scheme 💡 "A principal is written without "spiffe://". This rule never matches."
            notPrincipals:
            - spiffe://cluster.local/ns/shop/sa/batch
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/principal-with-scheme 💡 "A principal is written without "spiffe://". This exception never applies."
        when:
        - key: source.principal
          values: [spiffe://cluster.local/ns/shop/sa/storefront]
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/principal-with-scheme 💡
        - key: request.headers[x-client]
          values: [spiffe://cluster.local/ns/shop/sa/storefront]
    ---
    kind: ServiceAccount
    metadata: { name: storefront, namespace: shop }
    ---
    kind: ServiceAccount
    metadata: { name: batch, namespace: shop }
    ---
    kind: ServiceAccount
    metadata: { name: other, namespace: shop }
    `,
  );
});

test('removes the scheme', () => {
  checkFix(
    principalWithScheme,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            principals: ["$0spiffe://cluster.local/ns/shop/sa/storefront"]
    ---
    kind: ServiceAccount
    metadata: { name: storefront, namespace: shop }
    `,
    'Remove "spiffe://"',
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            principals: ["cluster.local/ns/shop/sa/storefront"]
    ---
    kind: ServiceAccount
    metadata: { name: storefront, namespace: shop }
    `,
  );
});
