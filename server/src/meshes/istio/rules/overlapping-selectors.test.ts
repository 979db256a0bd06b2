import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { overlappingSelectors } from './overlapping-selectors.js';

const workload = (namespace: string) => `
    ---
    kind: Deployment
    metadata: { name: cart, namespace: ${namespace} }
    spec: { template: { metadata: { labels: { app: cart, tier: backend } }, spec: { containers: [] } } }`;

test('reports policies that meet on a workload', () => {
  check(
    overlappingSelectors,
    `
    kind: PeerAuthentication
    metadata: { name: first, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } } }
    #       ^^^^^^^^ error istio/overlapping-selectors "PeerAuthentication "second" selects "cart" as well."
    ---
    kind: PeerAuthentication
    metadata: { name: second, namespace: shop }
    spec: { selector: { matchLabels: { tier: backend } } }
    #       ^^^^^^^^ error istio/overlapping-selectors
    ${workload('shop').trimStart()}
    `,
  );
});

test('selectors without a common workload, or of different namespaces, do not collide', () => {
  check(
    overlappingSelectors,
    `
    kind: Telemetry
    metadata: { name: first, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } } }
    ---
    kind: Telemetry
    metadata: { name: second, namespace: shop }
    spec: { selector: { matchLabels: { app: other } } }
    ---
    kind: Telemetry
    metadata: { name: third, namespace: payments }
    spec: { selector: { matchLabels: { tier: backend } } }${workload('shop')}
    `,
  );
});
