import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverProxyProtocolInvalid } from './server-proxy-protocol-invalid.js';

test('takes protocols in exactly their spelling', () => {
  check(
    serverProxyProtocolInvalid,
    `
    kind: Server
    metadata: { name: a, namespace: shop }
    spec: { podSelector: {}, port: 80, proxyProtocol: http1 }
    #                                                 ^^^^^ error linkerd/server-proxy-protocol-invalid 💡 ""http1" is no protocol of a Server; use unknown, HTTP/1, HTTP/2, gRPC, opaque or TLS. The webhook rejects it."
    ---
    kind: Server
    metadata: { name: b, namespace: shop }
    spec: { podSelector: {}, port: 80, proxyProtocol: GRPC }
    #                                                 ^^^^ error linkerd/server-proxy-protocol-invalid 💡 ""GRPC" is no protocol of a Server; use unknown, HTTP/1, HTTP/2, gRPC, opaque or TLS. The webhook rejects it."
    ---
    kind: Server
    metadata: { name: c, namespace: shop }
    spec: { podSelector: {}, port: 80, proxyProtocol: gRPC }

  `,
  );
});
