import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceDefaultsResetsProtocol } from './service-defaults-resets-protocol.js';

test('the global protocol holds no longer', () => {
  check(
    serviceDefaultsResetsProtocol,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec: { config: { protocol: grpc } }
    ---
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
    #< warning consul/service-defaults-resets-protocol 💡 "Without a protocol here "web" is tcp, not grpc as in ProxyDefaults."
      maxInboundConnections: 5
    ---
    kind: ServiceDefaults
    metadata: { name: api, namespace: shop }
    spec: { protocol: tcp }
    ---
    kind: ServiceDefaults
    metadata: { name: far, namespace: shop }
    spec: { destination: { addresses: [a.example.com], port: 443 } }
  `,
  );
});
