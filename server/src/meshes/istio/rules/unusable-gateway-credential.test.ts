import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unusableGatewayCredential } from './unusable-gateway-credential.js';

/** Self-signed, for CN=shop, from 2026-11-25 to 2027-11-25; its key was thrown away. */
const PEM = `-----BEGIN CERTIFICATE-----
MIIBcjCCARmgAwIBAgIUHdSohSwtyTKMEZMFH0e3zIZqNvUwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEc2hvcDAeFw0yNjExMjUwMDMwMDFaFw0yNzExMjUwMDMwMDFa
MA8xDTALBgNVBAMMBHNob3AwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATbd0Lc
FYYipFF0+KqhU9LRO2Fnulasn+zpUnRREoo56NbRU9MnzYM52TEe6WZaBIh+bYBb
ItglTqqOKocvdR0co1MwUTAdBgNVHQ4EFgQULq3MLv75cOPoAS9kKZ8qllOqwjww
HwYDVR0jBBgwFoAULq3MLv75cOPoAS9kKZ8qllOqwjwwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNHADBEAiAL4uNCWIG4tWO419CZck1LZ5YRVSpaxgBWcNLY
u5caOwIgKjx+AROnZZpsmLarpApar6T0wk9uAi8V4wbYHWZZmWA=
-----END CERTIFICATE-----
`;
const DATA = Buffer.from(PEM).toString('base64');

const gateway = (data: string, message?: string, mode = 'SIMPLE') => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      selector: { istio: ingress }
      servers:
      - port: { number: 443 }
        tls:
          mode: ${mode}
          credentialName: shop-tls
${message === undefined ? '' : `    #                     ^^^^^^^^ error istio/unusable-gateway-credential "${message}"`}
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: shop }
    spec: { template: { metadata: { labels: { istio: ingress } } } }
    ---
    kind: Secret
    metadata: { name: shop-tls, namespace: shop }
    ${data}
`;

test('reports keys that are missing or empty', () => {
  check(
    unusableGatewayCredential,
    gateway(
      'data: { tls.crt: "", key: a2V5 }',
      'Secret "shop/shop-tls" has no "tls.crt" and no "tls.key". TLS handshakes on port 443 fail.',
    ),
  );
  check(unusableGatewayCredential, gateway(`data: { tls.crt: ${DATA} }`, 'Secret "shop/shop-tls" has no "tls.key".'));
  check(unusableGatewayCredential, gateway(`data: { cert: ${DATA}, key: a2V5 }`));
});

test('reports a certificate that cannot be read, or does not hold today', () => {
  const data = `data: { tls.crt: ${DATA}, tls.key: a2V5 }`;
  check(
    unusableGatewayCredential,
    gateway('data: { tls.crt: bm90IGEgY2VydGlmaWNhdGU=, tls.key: a2V5 }', 'Secret "shop/shop-tls" holds no readable certificate.'),
  );
  check(unusableGatewayCredential, gateway(data, 'Secret "shop/shop-tls" holds a certificate that expired on 2027-11-25.'), {
    settings: { now: '2028-01-01' },
  });
  check(unusableGatewayCredential, gateway(data, 'Secret "shop/shop-tls" holds a certificate that is valid only from 2026-11-25.'), {
    settings: { now: '2026-01-01' },
  });
  check(unusableGatewayCredential, gateway(data), { settings: { now: '2027-01-01' } });
});

test('templates and placeholders are not judged', () => {
  check(unusableGatewayCredential, gateway('data: { tls.crt: "{{ .Values.crt }}", tls.key: "{{ .Values.key }}" }'));
  check(unusableGatewayCredential, gateway('stringData: { tls.crt: REPLACE_ME, tls.key: REPLACE_ME }'));
});

test('MUTUAL needs the CA of the clients as well', () => {
  const data = (more: string) => `data: { tls.crt: ${DATA}, tls.key: a2V5${more} }`;
  check(
    unusableGatewayCredential,
    gateway(
      data(''),
      'Secret "shop/shop-tls" has no "ca.crt" to check clients with, and there is no "shop-tls-cacert". No client gets through mode MUTUAL.',
      'MUTUAL',
    ),
  );
  check(unusableGatewayCredential, gateway(data(', ca.crt: Y2E='), undefined, 'MUTUAL'));
});
