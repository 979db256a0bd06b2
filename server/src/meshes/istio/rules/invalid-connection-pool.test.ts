import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidConnectionPool } from './invalid-connection-pool.js';

test('reports settings that cannot be met', () => {
  check(
    invalidConnectionPool,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        connectionPool:
          tcp: { maxConnections: -1 }
    #                            ^^ error istio/invalid-connection-pool "A limit cannot be below 0."
          http: { h2UpgradePolicy: UPGRADE, useClientProtocol: true, http2KeepAlive: { interval: 10s } }
    #                                       ^^^^^^^^^^^^^^^^^ error istio/invalid-connection-pool
    #                                                                ^^^^^^^^^^^^^^ error istio/invalid-connection-pool ""http2KeepAlive" needs "timeout"."
        portLevelSettings:
        - connectionPool: { http: { h2UpgradePolicy: UPGRADE, maxRetries: 0 } }
  `,
  );
});

test('warns of HTTP settings on a TCP port', () => {
  check(
    invalidConnectionPool,
    `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec:
      ingress:
      - port: { protocol: TCP }
        connectionPool: { http: { maxRetries: 1 } }
    #                     ^^^^ warning istio/invalid-connection-pool "These settings are for HTTP, and this port is TCP. They are ignored."
      - port: { protocol: GRPC }
        connectionPool: { http: { maxRetries: 1 } }
  `,
  );
});
