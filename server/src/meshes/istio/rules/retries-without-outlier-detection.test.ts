import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retriesWithoutOutlierDetection } from './retries-without-outlier-detection.js';

const calm = (spec: string, replicas = 3): string => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, ${spec} }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { replicas: ${replicas}, template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart }] } } }
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - route: [{ destination: { host: cart } }]
        retries: { attempts: 2 }
`;

test('hints at retries to several pods whose DestinationRule never takes one out of use', () => {
  check(
    retriesWithoutOutlierDetection,
    `${calm('')}    #                        ^ hint istio/retries-without-outlier-detection
    `,
    { world: 'open' },
  );
});

test('is silent with outlier detection anywhere in the DestinationRule, and with one pod', () => {
  check(retriesWithoutOutlierDetection, calm('trafficPolicy: { outlierDetection: {} }'));
  check(retriesWithoutOutlierDetection, calm('subsets: [{ name: v1, trafficPolicy: { outlierDetection: {} } }]'));
  check(retriesWithoutOutlierDetection, calm('trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, outlierDetection: {} }] }'));
  check(retriesWithoutOutlierDetection, calm('', 1));
});

test('is silent where no DestinationRule is at hand, since one may be elsewhere', () => {
  check(retriesWithoutOutlierDetection, calm('').replace('host: cart,', 'host: checkout,'));
});
