import { expect, test } from 'vitest';
import { edit } from '../../../../../test/support/editor.js';
import { serviceState } from './host.js';

test('mTLS of a Service names its ports for which another mode holds, by the numbers that callers use', () => {
  const { host } = edit(`
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: Service
    metadata: { name: cart$0, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: grpc, port: 9090 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart }] } } }
    ---
    kind: Deployment
    metadata: { name: cart-batch, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, sidecar.istio.io/inject: "false" } }, spec: { containers: [{ name: cart }] } } }
    ---
    kind: PeerAuthentication
    metadata: { name: cart, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: PERMISSIVE } } }
  `);
  const service = [...host.files()]
    .flatMap((it) => it.slots)
    .flatMap((it) => it.document.resources)
    .find((it) => it.resource.kind === 'Service')!;
  const { lines } = serviceState.describe(service.resource, host.look());
  expect(lines.find((it) => it.topic === 'mTLS')?.text).toBe('STRICT; 80 PERMISSIVE and none (no sidecar)');
});
