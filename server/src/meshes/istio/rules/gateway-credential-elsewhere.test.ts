import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { gatewayCredentialElsewhere } from './gateway-credential-elsewhere.js';

const gateway = (name: string, mark = '') => `
    # file: ingress/gateway.yaml
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
const secret = (namespace: string) => `
    # file: shop/tls.yaml
    kind: Secret
    metadata: { name: shop-tls, namespace: ${namespace} }
`;

test('reports a Secret that is not beside the pods', () => {
  const mark = (severity: string) =>
    `    #                     ^^^^^^^^ ${severity} istio/gateway-credential-elsewhere 💡 "Secret "shop-tls" is in "shop", but the pods of this Gateway run in "istio-ingress". TLS handshakes on port 443 fail."`;
  check(gatewayCredentialElsewhere, gateway('shop-tls', mark('error')) + secret('shop'));
  check(gatewayCredentialElsewhere, gateway('shop-tls', mark('warning')) + secret('shop'), { world: 'open' });
});

test('one beside the pods, one nobody has, and what is no Secret are not its business', () => {
  check(gatewayCredentialElsewhere, gateway('shop-tls') + secret('istio-ingress'));
  check(gatewayCredentialElsewhere, gateway('other-tls') + secret('shop'));
  check(gatewayCredentialElsewhere, gateway('file-root://shop-tls') + secret('shop'));
  check(gatewayCredentialElsewhere, gateway('kubernetes-gateway://shop/shop-tls') + secret('shop'));
});

test('moves the Secret', () => {
  checkFix(
    gatewayCredentialElsewhere,
    gateway('shop-tls') + secret('shop'),
    'Move the Secret to "istio-ingress" (shop/tls.yaml)',
    gateway('shop-tls') + secret('istio-ingress'),
  );
});
