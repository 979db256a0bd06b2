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
