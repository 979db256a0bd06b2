import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownCertificate } from './unknown-certificate.js';

const gateway = (name: string, annotations = '') => `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress${annotations} }
    spec:
      listeners:
      - tls:
          certificateRefs:
          - name: ${name}
`;
const secret = `
    ---
    kind: Secret
    metadata: { name: shop-tls, namespace: ingress }
    type: kubernetes.io/tls
    data: { tls.crt: X, tls.key: X }
`;

test('reports certificates that do not exist', () => {
  check(
    unknownCertificate,
    `${gateway('shop-tsl').trimEnd()}\n    #             ^^^^^^^^ error gateway-api/unknown-certificate 💡 "No Secret "ingress/shop-tsl" exists ("ingress/shop-tls" exists). TLS handshakes on this listener fail."\n${secret}`,
  );
  check(unknownCertificate, gateway('shop-tls') + secret);
  check(unknownCertificate, gateway('other', ', annotations: { cert-manager.io/cluster-issuer: public }'));
});

test('in the open world, Secrets may be elsewhere', () => {
  check(unknownCertificate, gateway('other') + secret, { world: 'open' });
});

test('changes to the nearest Secret', () => {
  checkFix(unknownCertificate, gateway('shop-t$0sl') + secret, 'Change to "shop-tls"', gateway('shop-tls') + secret);
});
