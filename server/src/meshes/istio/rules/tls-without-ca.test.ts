import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { tlsWithoutCa } from './tls-without-ca.js';

test('reports TLS without a CA, at each level, and checks that are off', () => {
  check(
    tlsWithoutCa,
    `
    kind: DestinationRule
    metadata: { name: db, namespace: shop }
    spec:
      host: db.example.com
      trafficPolicy:
        tls:
          mode: MUTUAL
    #           ^^^^^^ info istio/tls-without-ca 💡 "The certificate of "db.example.com" is checked against the CAs of the system only. A server with a private CA is refused."
        portLevelSettings:
        - port: { number: 443 }
          tls: { mode: SIMPLE }
    #                  ^^^^^^ info istio/tls-without-ca
        - port: { number: 8443 }
          tls: { mode: SIMPLE, caCertificates: /etc/ca.pem }
        - port: { number: 80 }
          tls: { mode: DISABLE }
      subsets:
      - name: v1
        trafficPolicy:
          tls:
            mode: SIMPLE
            caCertificates: /etc/ca.pem
            insecureSkipVerify: true
    #                           ^^^^ warning istio/tls-without-ca 💡 "The certificate of "db.example.com" is not checked. Anyone in between can pose as this host."
  `,
  );
});

test('a credential for selected workloads brings the CA', () => {
  check(
    tlsWithoutCa,
    `
    kind: DestinationRule
    metadata: { name: db, namespace: shop }
    spec:
      host: db.example.com
      workloadSelector: { matchLabels: { app: cart } }
      trafficPolicy: { tls: { mode: SIMPLE, credentialName: db-ca } }
  `,
  );
});

test('says that the CAs of the system are meant', () => {
  const yaml = (authorities: string) => `
    kind: DestinationRule
    metadata: { name: db, namespace: shop }
    spec: { host: db.example.com, trafficPolicy: { tls: { mode: SIMPLE${authorities} } } }
  `;
  checkFix(tlsWithoutCa, yaml(''), 'Set caCertificates to "system"', yaml(', caCertificates: system'));
});
