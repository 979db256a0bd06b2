import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidJwtRule } from './invalid-jwt-rule.js';

test('reports rules without issuer and keys that cannot be read', () => {
  check(
    invalidJwtRule,
    `
    kind: RequestAuthentication
    metadata: { name: cart, namespace: shop }
    spec:
      jwtRules:
      - audiences: [a]
    #   ^^^^^^^^^ error istio/invalid-jwt-rule "This rule has no "issuer" and no "jwksUri"."
      - { issuer: a, jwks: not json }
    #                      ^^^^^^^^ error istio/invalid-jwt-rule
      - { issuer: a, jwks: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}' }
      - { issuer: a, jwks: '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}' }
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/invalid-jwt-rule ""jwks" holds a private or shared key. Whoever reads it can make tokens that pass."
      - { issuer: "{{ .Values.issuer }}", jwks: "{{ .Values.jwks }}" }
      - { jwksUri: https://issuer.example.com/keys }
  `,
  );
});
