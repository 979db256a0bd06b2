import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { tlsProtocolMismatch } from './tls-protocol-mismatch.js';

test('reports TLS settings that a protocol lacks or cannot have', () => {
  check(
    tlsProtocolMismatch,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - port: { protocol: HTTPS }
    #                     ^^^^^ error istio/tls-protocol-mismatch "A server of protocol HTTPS needs "tls"."
      - port: { protocol: HTTPS }
        {{ .Values.tls }}
      - port: { protocol: tcp }
        tls: { mode: SIMPLE, credentialName: a }
    #   ^^^ error istio/tls-protocol-mismatch "A server of protocol TCP cannot have "tls"."
      - port: { protocol: HTTP }
        tls: { mode: SIMPLE, credentialName: a }
    #          ^^^^ error istio/tls-protocol-mismatch "A server of protocol HTTP does not terminate TLS; HTTPS does."
      - port: { protocol: HTTP }
        tls: { httpsRedirect: true }
      - port: { protocol: HTTP }
        tls: { serverCertificate: /c.pem }
    #          ^^^^^^^^^^^^^^^^^ error istio/tls-protocol-mismatch
      - port: { protocol: TLS }
        tls: { httpsRedirect: true }
    #          ^^^^^^^^^^^^^ warning istio/tls-protocol-mismatch
    ---
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { ingress: [{ port: { protocol: HTTP }, tls: {} }, { port: { protocol: HTTPS }, tls: {} }] }
    #                                             ^^^ error istio/tls-protocol-mismatch
  `,
  );
});
