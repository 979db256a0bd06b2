import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownSourceNamespace } from './unknown-source-namespace.js';

test('reports names and patterns that no namespace matches', () => {
  check(
    unknownSourceNamespace,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            namespaces:
            - storefrnt
    #         ^^^^^^^^^ error istio/unknown-source-namespace 💡 "No Namespace "storefrnt" exists ("storefront" exists)."
            - storefront
            - shop
            - default
            - "*"
            - store*
            - "*-bogus"
    #         ^^^^^^^^^ error istio/unknown-source-namespace
            notNamespaces: [partners]
    #                       ^^^^^^^^ error istio/unknown-source-namespace
    ---
    kind: Namespace
    metadata: { name: storefront }
    `,
  );
});

test('in the open world only a near miss is more than a hint', () => {
  check(
    unknownSourceNamespace,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            namespaces:
            - storefrnt
    #         ^^^^^^^^^ warning istio/unknown-source-namespace
            - partners
    #         ^^^^^^^^ hint istio/unknown-source-namespace
    ---
    kind: Namespace
    metadata: { name: storefront }
    `,
    { world: 'open' },
  );
});

test('something that lives in a namespace shows that it exists', () => {
  check(
    unknownSourceNamespace,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec: { rules: [{ from: [{ source: { namespaces: [payments] } }] }] }
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    `,
  );
});
