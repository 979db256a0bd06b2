import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { retriesWithoutReadinessProbe } from './retries-without-readiness-probe.js';

const shop = (container: string, mark = '', { replicas = 2, attempts = 2 } = {}): string => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - route: [{ destination: { host: cart } }]
        retries: { attempts: ${attempts} }
${mark}
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { replicas: ${replicas}, template: { metadata: { labels: { app: cart } }, spec: { containers: [{ ${container} }] } } }
`;
const MARK = '    #                        ^ hint istio/retries-without-readiness-probe';

test('hints at retries to pods that never say when they are ready', () => {
  check(retriesWithoutReadinessProbe, shop('name: cart', MARK), { world: 'open' });
  check(retriesWithoutReadinessProbe, shop('name: cart, livenessProbe: { tcpSocket: { port: 80 } }', MARK));
});

test('is silent with a probe of any sort, with one pod, and without retries', () => {
  check(retriesWithoutReadinessProbe, shop('name: cart, readinessProbe: { grpc: { port: 80 } }'));
  check(retriesWithoutReadinessProbe, shop('name: cart', '', { replicas: 1 }));
  check(retriesWithoutReadinessProbe, shop('name: cart', '', { attempts: 0 }));
});
