import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownMtlsPort } from './unknown-mtls-port.js';

const cart = `
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: http }] }
    ---
    kind: Service
    metadata: { name: cart-admin, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ port: 81, targetPort: 9090 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata: { labels: { app: cart } }
        spec: { containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }] }] }`;

test('reports ports of the Service and ports of nobody', () => {
  check(
    unknownMtlsPort,
    `
    kind: PeerAuthentication
    metadata: { name: cart, namespace: shop }
    spec:
      selector: { matchLabels: { app: cart } }
      portLevelMtls:
        81: { mode: DISABLE }
    #   ^^ warning istio/unknown-mtls-port "Port 81 is the Service's; the container port behind it is 9090."
        9999: { mode: DISABLE }
    #   ^^^^ info istio/unknown-mtls-port "No container of "cart" declares port 9999, and no Service leads to it."
        8080: { mode: DISABLE }
        9090: { mode: DISABLE }
    ${cart.trimStart()}
    `,
  );
});

test('workloads that are not at hand prove nothing', () => {
  check(
    unknownMtlsPort,
    `
    kind: PeerAuthentication
    metadata: { name: cart, namespace: payments }
    spec: { selector: { matchLabels: { app: cart } }, portLevelMtls: { 81: { mode: DISABLE } } }${cart}
    `,
  );
});

test('changes to the container port', () => {
  const yaml = (port: string) => `
    kind: PeerAuthentication
    metadata: { name: cart, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } }, portLevelMtls: { ${port}: { mode: DISABLE } } }${cart}
  `;
  checkFix(unknownMtlsPort, yaml('81'), 'Change to 9090', yaml('9090'));
});
