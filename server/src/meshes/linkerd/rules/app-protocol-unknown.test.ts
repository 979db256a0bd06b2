import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { appProtocolUnknown } from './app-protocol-unknown.js';

test('knows four protocols, in any case', () => {
  check(
    appProtocolUnknown,
    `
    kind: Service
    metadata: { name: a, namespace: shop }
    spec: { selector: { app: a }, ports: [{ port: 1, appProtocol: grpc }, { port: 2, appProtocol: https }, { port: 3, appProtocol: HTTP }, { port: 4 }] }
    #                                                             ^^^^ info linkerd/app-protocol-unknown 💡 ""grpc" is no protocol that Linkerd knows. Linkerd takes the port for plain TCP."
    #                                                                                             ^^^^^ info linkerd/app-protocol-unknown ""https" is no protocol that Linkerd knows. Linkerd takes the port for plain TCP."
    ---
    kind: Pod
    metadata: { name: a, namespace: shop, labels: { app: a }, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: a }] }
    ---
    kind: Service
    metadata: { name: b, namespace: shop }
    spec: { selector: { app: b }, ports: [{ port: 1, appProtocol: grpc }] }

  `,
  );
});
