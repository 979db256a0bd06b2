import { expect, test } from 'vitest';
import { check, fixTitles } from '../../../../../test/support/check.js';
import { portProtocolGuessed } from './port-protocol-guessed.js';

test('reports names and appProtocols that name no protocol', () => {
  check(
    portProtocolGuessed,
    `
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec:
      ports:
      - { name: web, port: 8080 }
    #           ^^^ info istio/port-protocol-guessed 💡 "Port name "web" names no protocol. Where Istio takes it for TCP, HTTP routes and policies do not apply."
      - { port: 8081 }
    #           ^^^^ info istio/port-protocol-guessed 💡 "Port 8081 has no name, so nothing tells its protocol."
      - { name: http-x, port: 8082, appProtocol: thrift }
    #                                            ^^^^^^ info istio/port-protocol-guessed 💡 "appProtocol "thrift" is no protocol that Istio knows."
    `,
  );
});

test('protocols in names, in appProtocol, by number and over UDP are told', () => {
  check(
    portProtocolGuessed,
    `
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec:
      ports:
      - { name: http-web, port: 8080 }
      - { name: GRPC, port: 8081 }
      - { name: db, port: 3306 }
      - { name: dns, port: 5353, protocol: UDP }
      - { name: ws, port: 8082, appProtocol: kubernetes.io/ws }
    ---
    kind: Service
    metadata: { name: istiod, namespace: istio-system, labels: { istio: pilot } }
    spec: { ports: [{ name: webhook, port: 443 }] }
    `,
  );
});

test('in the open world a namespace without a trace of Istio is left alone', () => {
  const service = `
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: web, port: 8080 }] }`;
  check(portProtocolGuessed, service, { world: 'open' });
  check(
    portProtocolGuessed,
    `${service}
    #                       ^^^ info istio/port-protocol-guessed
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }`,
    { world: 'open' },
  );
});

test('offers what usually speaks on the port', () => {
  const yaml = 'kind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { ports: [{ name: calls, port: 50051 }] }';
  expect(fixTitles(portProtocolGuessed, yaml)).toEqual(['Rename to "grpc-calls"', 'Set appProtocol: grpc']);
});
