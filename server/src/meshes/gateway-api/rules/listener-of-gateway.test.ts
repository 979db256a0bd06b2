import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { listenerOfGateway } from './listener-of-gateway.js';

test('reports a listener of a set that its Gateway has already', () => {
  check(
    listenerOfGateway,
    `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec: { listeners: [{ name: shop, port: 80, protocol: HTTP }] }
    ---
    kind: ListenerSet
    metadata: { name: more, namespace: ingress }
    spec:
      parentRef: { name: public }
      listeners:
      - { name: http, port: 80, protocol: HTTP }
    #           ^^^^ error gateway-api/listener-of-gateway "Gateway "ingress/public" has this listener already, as "shop". This one is not opened."
      - { name: other, port: 81, protocol: HTTP }
  `,
  );
});
