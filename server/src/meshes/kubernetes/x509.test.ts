import { expect, test } from 'vitest';
import { validityOfData, validityOfPem } from './x509.js';

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

test('reads when a certificate holds', () => {
  const validity = { notBefore: Date.UTC(2026, 10, 25, 0, 30, 1), notAfter: Date.UTC(2027, 10, 25, 0, 30, 1) };
  expect(validityOfPem(PEM)).toEqual(validity);
  expect(validityOfData(Buffer.from(`a comment before it\n${PEM}`).toString('base64'))).toEqual(validity);
});

test('anything else is no certificate, and never throws', () => {
  expect(validityOfPem('')).toBeUndefined();
  expect(validityOfPem(PEM.replace('MIIB', 'MIIC'))).toBeUndefined();
  expect(validityOfData('bm90IGEgY2VydGlmaWNhdGU=')).toBeUndefined();
  for (let end = 0; end < PEM.length; end += 7) expect(validityOfPem(PEM.slice(0, end))).toBeUndefined();
  for (let at = 30; at < 200; at++) expect(() => validityOfPem(`${PEM.slice(0, at)}/${PEM.slice(at + 1)}`)).not.toThrow();
});
