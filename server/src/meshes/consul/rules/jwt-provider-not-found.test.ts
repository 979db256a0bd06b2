import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { jwtProviderNotFound } from './jwt-provider-not-found.js';

test('providers that are and are not there', () => {
  check(
    jwtProviderNotFound,
    `
    kind: JWTProvider
    metadata: { name: login, namespace: shop }
    spec: { jsonWebKeySet: { local: { filename: /etc/jwks.json } } }
    ---
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      jwt:
        providers:
        - name: logon
    #< warning consul/jwt-provider-not-found 💡
        - name: login
      sources:
      - name: b
        permissions:
        - action: allow
          http: { pathPrefix: / }
          jwt:
            providers: [{ name: login }]
  `,
  );
});
