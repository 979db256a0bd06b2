import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { targetPortNotExposed } from './target-port-not-exposed.js';

const cart = (ports: string) => `
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, ports: [${ports}] }] } } }`;

test('reports names and numbers that no container declares', () => {
  check(
    targetPortNotExposed,
    `
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec:
      selector: { app: cart }
      ports:
      - { port: 80, targetPort: webb }
    #                           ^^^^ warning istio/target-port-not-exposed "No container of "cart" has a port named "webb". The Service has no endpoint for it."
      - { port: 81, targetPort: 9090 }
    #                           ^^^^ info istio/target-port-not-exposed
      - { port: 8080 }
      - { port: 82, targetPort: http }
    ${cart('{ name: http, containerPort: 8080 }').trimStart()}
    `,
  );
});

test('containers that declare no port may listen anywhere', () => {
  check(
    targetPortNotExposed,
    `
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: 9090 }] }${cart('')}
    `,
  );
});
