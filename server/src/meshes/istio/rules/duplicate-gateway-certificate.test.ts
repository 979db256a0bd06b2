import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { duplicateGatewayCertificate } from './duplicate-gateway-certificate.js';

const gateway = (name: string, selector: string, tls: string, mark = '') => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: ${name}, namespace: shop }
    spec:
      selector: { ${selector} }
      servers:
      - tls: { ${tls} }
${mark}
    ---`;

test('reports a credential that another Gateway of the same pods uses', () => {
  check(
    duplicateGatewayCertificate,
    gateway(
      'a',
      'istio: ingress',
      'credentialName: shop-tls',
      '    #                          ^^^^^^^^ warning istio/duplicate-gateway-certificate "Gateway "shop/b" and "shop/c" use the same certificate on the same pods."',
    ) +
      gateway(
        'b',
        'istio: ingress',
        'credentialName: shop-tls',
        '    #                          ^^^^^^^^ warning istio/duplicate-gateway-certificate',
      ) +
      gateway('c', 'istio: ingress, app: gw', 'credentialName: shop-tls') +
      gateway('d', 'istio: other', 'credentialName: shop-tls') +
      gateway('e', 'istio: ingress', 'credentialName: other-tls'),
  );
});

test('files count where both are the same', () => {
  const mark = '    #                             ^^^^ warning istio/duplicate-gateway-certificate';
  check(
    duplicateGatewayCertificate,
    gateway('a', 'istio: ingress', 'serverCertificate: /crt, privateKey: /key', mark) +
      gateway('b', 'istio: ingress', 'serverCertificate: /crt, privateKey: /key', mark) +
      gateway('c', 'istio: ingress', 'serverCertificate: /crt, privateKey: /other'),
  );
});
