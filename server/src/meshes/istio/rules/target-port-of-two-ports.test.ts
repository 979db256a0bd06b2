import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { targetPortOfTwoPorts } from './target-port-of-two-ports.js';

const world = (ports: string) => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ port: 80, targetPort: 8080 }] }
    ---
    kind: Service
    metadata: { name: cart2, namespace: shop }
    spec: { selector: { app: cart }, ports: [${ports}] }`;

test('reports two ports that lead to one', () => {
  check(
    targetPortOfTwoPorts,
    `
    kind: Deployment
    metadata: { name: basket, namespace: shop }
    #                 ^^^^^^ warning istio/target-port-of-two-ports "Ports 80 and 8080 of Services "cart" and "cart2" all lead to 8080."
    spec: { template: { metadata: { labels: { app: cart } } } }
    ${world('{ port: 8080 }').trimStart()}
    `,
  );
});

test('the same port twice, or ports of their own, are fine', () => {
  const deployment = `
    kind: Deployment
    metadata: { name: basket, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }`;
  check(targetPortOfTwoPorts, deployment + world('{ port: 80, targetPort: 8080 }, { port: 81, targetPort: 8081 }'));
});
