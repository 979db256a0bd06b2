import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unusableCertificate } from './unusable-certificate.js';

const yaml = (keys: string, mark = '') => `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      listeners:
      - tls:
          certificateRefs:
          - name: shop-tls
${mark}
    ---
    kind: Secret
    metadata: { name: shop-tls, namespace: ingress }
    data: { ${keys} }
`;

test('reports Secrets without certificate or key', () => {
  check(
    unusableCertificate,
    yaml(
      'cert: X, tls.key: X',
      '    #             ^^^^^^^^ error gateway-api/unusable-certificate "Secret "ingress/shop-tls" has no "tls.crt", only "cert" and "tls.key". TLS handshakes on this listener fail."',
    ),
  );
  check(unusableCertificate, yaml('tls.crt: X, tls.key: X'));
  check(unusableCertificate, yaml(''));
});
