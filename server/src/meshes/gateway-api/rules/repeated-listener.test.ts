import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { repeatedListener } from './repeated-listener.js';

test('reports both of two listeners that are the same', () => {
  check(
    repeatedListener,
    `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      listeners:
      - { name: one, port: 80, protocol: HTTP, hostname: a.example.com }
    #           ^^^ error gateway-api/repeated-listener "Listener "two" takes HTTP on port 80 for "a.example.com" too. The API server rejects it."
      - { name: two, port: 80, protocol: HTTP, hostname: a.example.com }
    #           ^^^ error gateway-api/repeated-listener
      - { name: three, port: 80, protocol: HTTP }
      - { name: four, port: 443, protocol: HTTPS, hostname: a.example.com }
      - { name: five, port: 80, protocol: HTTP, hostname: "{{ .Values.host }}" }
  `,
  );
});

test('reports a listener of a set that its Gateway has already', () => {
  check(
    repeatedListener,
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
    #           ^^^^ error gateway-api/repeated-listener "Gateway "ingress/public" has this listener already, as "shop". This one is not opened."
      - { name: other, port: 81, protocol: HTTP }
  `,
  );
});
