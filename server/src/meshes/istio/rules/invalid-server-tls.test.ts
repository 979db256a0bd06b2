import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidServerTls } from './invalid-server-tls.js';

test('reports certificates that a mode needs or does not allow', () => {
  check(
    invalidServerTls,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE }
    #                ^^^^^^ error istio/invalid-server-tls "Mode SIMPLE needs "serverCertificate" and "privateKey", or "credentialName"."
      - port: { protocol: HTTPS }
        tls: { mode: MUTUAL, serverCertificate: /c.pem, privateKey: /k.pem }
    #                ^^^^^^ error istio/invalid-server-tls "Mode MUTUAL needs "caCertificates" for the certificates of clients."
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: a, serverCertificate: /c.pem, privateKey: /k.pem }
    #                        ^^^^^^^^^^^^^^ error istio/invalid-server-tls
      - port: { protocol: TLS }
        tls: { mode: ISTIO_MUTUAL, credentialName: a }
    #                              ^^^^^^^^^^^^^^ error istio/invalid-server-tls 💡
      - port: { protocol: TLS }
        tls: { mode: PASSTHROUGH, credentialName: a }
    #                             ^^^^^^^^^^^^^^ warning istio/invalid-server-tls 💡 "Mode PASSTHROUGH leaves TLS to the workload, so "credentialName" has no use. It is ignored."
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, serverCertificate: /c.pem, privateKey: /k.pem, caCrl: /crl.pem }
    #                                                                       ^^^^^ error istio/invalid-server-tls
      - port: { protocol: HTTPS }
        tls: { mode: MUTUAL, credentialName: a }
      - port: { protocol: HTTPS }
        tls: { mode: "{{ .Values.mode }}" }
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: "{{ .Values.secret }}", serverCertificate: /c.pem, privateKey: /k.pem }
      - port: { protocol: HTTPS }
        tls:
          mode: SIMPLE
          {{ .Values.certificate }}
  `,
  );
});

test('warns of cipher suites that Envoy does not know or lacks', () => {
  check(
    invalidServerTls,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: a, cipherSuites: [TLS_FOO, ALL, -AES128-SHA, AES128-SHA, AES128-SHA] }
    #                                                          ^^^^^^^ warning istio/invalid-server-tls
    #                                                                                                 ^^^^^^^^^^ warning istio/invalid-server-tls ""AES128-SHA" is here twice."
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_1 }
    #                                                               ^^^^^^^ warning istio/invalid-server-tls
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_1, cipherSuites: [AES128-SHA] }
  `,
  );
});

test('reports what a Sidecar cannot have', () => {
  check(
    invalidServerTls,
    `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec:
      ingress:
      - port: { protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: a }
    #                        ^^^^^^^^^^^^^^ error istio/invalid-server-tls "A Sidecar cannot have "credentialName"."
      - port: { protocol: HTTPS }
        tls: { mode: ISTIO_MUTUAL }
    #                ^^^^^^^^^^^^ error istio/invalid-server-tls
  `,
  );
});

test('takes away what a mode brings itself', () => {
  const yaml = (more: string) => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { servers: [{ port: { number: 443, name: tls, protocol: TLS }, hosts: [a.example.com], tls: { mode: ISTIO_MUTUAL${more} } }] }
  `;
  checkFix(invalidServerTls, yaml(', credentialName: a'), 'Remove "credentialName"', yaml(''));
});
