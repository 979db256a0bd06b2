import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { jwtProviderInvalid } from './jwt-provider-invalid.js';

test('sources of keys and places of tokens', () => {
  check(
    jwtProviderInvalid,
    `
    kind: JWTProvider
    metadata: { name: a, namespace: shop }
    spec:
      jsonWebKeySet:
        local: { jwks: '{"keys":[]}' }
    #< error consul/jwt-provider-invalid
      locations:
      - header: { name: x }
        cookie: { name: y }
    #< error consul/jwt-provider-invalid
      - queryParam: {}
    #< error consul/jwt-provider-invalid
      - header: { name: z }
      forwarding: {}
    #< error consul/jwt-provider-invalid
    ---
    kind: JWTProvider
    metadata: { name: b, namespace: shop }
    spec:
    #< error consul/jwt-provider-invalid
      issuer: x
    ---
    kind: JWTProvider
    metadata: { name: c, namespace: shop }
    spec:
      jsonWebKeySet:
        remote:
          uri: idp.example.com/jwks
    #< error consul/jwt-provider-invalid
          retryPolicy:
            retryPolicyBackOff:
              baseInterval: 5s
              maxInterval: 1s
    #< error consul/jwt-provider-invalid
          jwksCluster:
            discoveryType: DNS
    #< error consul/jwt-provider-invalid
            tlsCertificates:
              trustedCA: { filename: a, inlineString: b }
    #< error consul/jwt-provider-invalid
    ---
    kind: JWTProvider
    metadata: { name: d, namespace: shop }
    spec: { jsonWebKeySet: { local: { filename: /etc/jwks.json } }, forwarding: { headerName: x } }
  `,
  );
});
