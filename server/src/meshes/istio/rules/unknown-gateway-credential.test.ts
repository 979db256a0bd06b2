import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownGatewayCredential } from './unknown-gateway-credential.js';

const gateway = (name: string, mark = '') => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      selector: { istio: ingress }
      servers:
      - port: { number: 443 }
        tls:
          credentialName: ${name}
${mark}
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { template: { metadata: { labels: { istio: ingress } } } }
`;
const certificate = `
    ---
    kind: Certificate
    metadata: { name: shop, namespace: istio-ingress }
    spec: { secretName: shop-tls }
`;

test('reports a Secret that does not exist', () => {
  check(
    unknownGatewayCredential,
    gateway(
      'shop-tsl',
      '    #                     ^^^^^^^^ error istio/unknown-gateway-credential 💡 "No Secret "istio-ingress/shop-tsl" exists ("shop-tls" exists). TLS handshakes on port 443 fail."',
    ) + certificate,
  );
  check(
    unknownGatewayCredential,
    gateway(
      'other',
      '    #                     ^^^^^ error istio/unknown-gateway-credential "No Secret "istio-ingress/other" exists in this workspace."',
    ),
  );
});

test('in the open world it warns where Secrets of the namespace are at hand, else hints', () => {
  check(
    unknownGatewayCredential,
    gateway('other', '    #                     ^^^^^ warning istio/unknown-gateway-credential') + certificate,
    { world: 'open' },
  );
  check(
    unknownGatewayCredential,
    gateway(
      'other',
      '    #                     ^^^^^ hint istio/unknown-gateway-credential "Secret "istio-ingress/other" is not in this workspace; it may exist elsewhere."',
    ),
    { world: 'open' },
  );
});

test('what a Certificate makes exists, as does what is no Secret', () => {
  check(unknownGatewayCredential, gateway('shop-tls') + certificate);
  check(unknownGatewayCredential, gateway('kubernetes://shop-tls') + certificate);
  check(unknownGatewayCredential, gateway('builtin://') + certificate);
});

test('corrects the name', () => {
  checkFix(
    unknownGatewayCredential,
    gateway('kubernetes://shop-tsl') + certificate,
    'Change to "kubernetes://shop-tls"',
    gateway('kubernetes://shop-tls') + certificate,
  );
});
