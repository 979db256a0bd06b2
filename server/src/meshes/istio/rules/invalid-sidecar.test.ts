import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidSidecar } from './invalid-sidecar.js';

test('reports listeners that cannot be', () => {
  check(
    invalidSidecar,
    `
    kind: Sidecar
    metadata: { name: a, namespace: shop }
    spec:
      ingress:
      - { port: { number: 80, targetPort: 8080 }, defaultEndpoint: "10.0.0.1:80" }
    #                         ^^^^^^^^^^ error istio/invalid-sidecar "A listener of a Sidecar has no target port."
    #                                                              ^^^^^^^^^^^^^ error istio/invalid-sidecar
      - { port: { number: 80 }, defaultEndpoint: "[::1]:8080" }
    #                     ^^ error istio/invalid-sidecar "Another listener has port 80."
      - { port: { number: 81 }, defaultEndpoint: ":abc" }
    #                                            ^^^^^^ error istio/invalid-sidecar
      - { port: { number: 82 }, defaultEndpoint: "unix:///run/a.sock" }
      egress:
      - hosts: [./*]
    #   ^^^^^ error istio/invalid-sidecar "A listener without port stands for all others and comes last."
      - { port: { number: 80 }, hosts: [] }
    #                           ^^^^^ error istio/invalid-sidecar
      outboundTrafficPolicy: { egressProxy: { host: a.example.com, port: { number: 80 } } }
    #                          ^^^^^^^^^^^ error istio/invalid-sidecar ""egressProxy" needs mode ALLOW_ANY, and this is REGISTRY_ONLY."
    ---
    kind: Sidecar
    metadata: { name: b, namespace: shop }
    #                 ^ error istio/invalid-sidecar "This Sidecar configures nothing."
    spec: { workloadSelector: { labels: { app: a } } }
    ---
    kind: Sidecar
    metadata: { name: c, namespace: shop }
    spec: { workloadSelector: { labels: { app: a } }, egress: {{ .Values.egress }} }
  `,
  );
});

test('tells ports without number, and sockets that two listeners share', () => {
  check(
    invalidSidecar,
    `
    kind: Sidecar
    metadata: { name: a, namespace: shop }
    spec:
      ingress:
      - { port: { name: http } }
    #     ^^^^ error istio/invalid-sidecar "This port has no number."
      egress:
      - { port: { name: one }, bind: "unix:///run/a", hosts: [./*] }
      - { port: { name: two }, bind: "unix:///run/a", hosts: [./*] }
    #                                ^^^^^^^^^^^^^^^ error istio/invalid-sidecar
      - { port: { name: three }, bind: 127.0.0.1, hosts: [./*] }
    #     ^^^^ error istio/invalid-sidecar
  `,
  );
});
