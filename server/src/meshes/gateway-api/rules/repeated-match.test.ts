import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { repeatedMatch } from './repeated-match.js';

test('reports matches that an earlier rule has', () => {
  check(
    repeatedMatch,
    `
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - matches:
        - path: { value: /cart }
          headers: [{ name: a, value: b }, { name: c, value: d }]
      - matches:
        - { headers: [{ name: C, value: d }, { name: a, value: b }], path: { type: PathPrefix, value: /cart/ } }
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning gateway-api/repeated-match "An earlier rule has the same match. It is never reached."
        - path: { type: Exact, value: /cart }
      - matches:
        - path: { value: / }
      - backendRefs: []
    #   ^^^^^^^^^^^ warning gateway-api/repeated-match "An earlier rule takes every request already."
  `,
  );
});

test('other headers, methods and templates make another match', () => {
  check(
    repeatedMatch,
    `
    kind: GRPCRoute
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - matches: [{ method: { service: shop.Cart } }]
      - matches: [{ method: { service: shop.Cart, method: Add } }]
      - matches: [{ method: { service: shop.Cart }, headers: [{ name: a, value: b }] }]
      - matches: [{ method: { service: "{{ .Values.service }}" } }]
      - matches: [{ method: { service: shop.Cart } }]
  `,
  );
});
