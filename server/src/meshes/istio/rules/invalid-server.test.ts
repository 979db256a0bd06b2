import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidServer } from './invalid-server.js';

test('reports what servers lack or have twice', () => {
  check(
    invalidServer,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - hosts: []
    #   ^^^^^ error istio/invalid-server "This server has no hosts."
        port: { number: 80, name: "", protocol: HTTP }
    #                             ^^ error istio/invalid-server "The name of this port is empty."
      - hosts: [a.example.com]
        port: { number: 80, name: http, protocol: HTTP, targetPort: 8080 }
    #                                                   ^^^^^^^^^^ error istio/invalid-server 💡
      - hosts: {{ .Values.hosts }}
        port: { number: 81, name: http, protocol: HTTP, targetPort: 0 }
    #                             ^^^^ error istio/invalid-server "Another server has a port named "http"."
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: empty, namespace: shop }
    #                 ^^^^^ error istio/invalid-server "This Gateway has no servers."
    spec: { selector: { app: gateway } }
  `,
  );
});

test('takes the target port away', () => {
  const yaml = (more: string) => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { servers: [{ hosts: [a.example.com], port: { number: 80, name: http, protocol: HTTP${more} } }] }
  `;
  checkFix(invalidServer, yaml(', targetPort: 8080'), 'Remove "targetPort"', yaml(''));
});
