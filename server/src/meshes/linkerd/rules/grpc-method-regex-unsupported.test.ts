import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { grpcMethodRegexUnsupported } from './grpc-method-regex-unsupported.js';

test('compares methods, and lets headers be expressions', () => {
  check(
    grpcMethodRegexUnsupported,
    `
    kind: GRPCRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart }]
      rules: [{ matches: [{ method: { type: RegularExpression, service: c.* } }, { method: { service: c }, headers: [{ type: RegularExpression, name: a, value: b }] }] }]
    #                                       ^^^^^^^^^^^^^^^^^ error linkerd/grpc-method-regex-unsupported "Linkerd matches methods of gRPC as they are written, not by expressions. The webhook rejects it. Write a match for each method, or one for the whole service."
    ---
    kind: GRPCRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ name: public }], rules: [{ matches: [{ method: { type: RegularExpression, service: c.* } }] }] }

  `,
    { settings: { mesh: 'linkerd' } },
  );
});
