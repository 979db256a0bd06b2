import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownMethod } from './unknown-method.js';

const policy = (methods: string) => `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - to: [{ operation: { methods: ${methods} } }]`;

test('reports words that are no methods', () => {
  check(
    unknownMethod,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - to:
        - operation:
            methods:
            - GRAB
    #         ^^^^ warning istio/unknown-method ""GRAB" is no HTTP method; use one of GET, HEAD, POST or 6 more. This entry matches no request."
            - "*E*"
    #         ^^^^^ warning istio/unknown-method
            - /pkg.Cart/Add
    #         ^^^^^^^^^^^^^ warning istio/unknown-method ""/pkg.Cart/Add" is a path, not a method."
    `,
  );
});

test('methods, and methods cut short, are fine', () => {
  check(unknownMethod, policy('[GET, "*", "P*", "*E"]'));
});

test('changes to capitals', () => {
  checkFix(unknownMethod, policy('[get]'), 'Change to GET', policy('[GET]'));
});
