import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidServiceEntry } from './invalid-service-entry.js';

test('reports what does not fit the resolution', () => {
  check(
    invalidServiceEntry,
    `
    kind: ServiceEntry
    metadata: { name: dns, namespace: shop }
    spec: { resolution: DNS, hosts: ["*.example.com"] }
    #                                ^^^^^^^^^^^^^^^ error istio/invalid-service-entry "DNS cannot look up "*.example.com", and there are no endpoints."
    ---
    kind: ServiceEntry
    metadata: { name: dynamic, namespace: shop, labels: { istio.io/use-waypoint: waypoint } }
    #                                                                            ^^^^^^^^ error istio/invalid-service-entry
    spec:
      resolution: DYNAMIC_DNS
      location: MESH_INTERNAL
      hosts: [a.example.com, "*.example.com"]
    #         ^^^^^^^^^^^^^ error istio/invalid-service-entry
      endpoints: [{ address: 10.0.0.1 }]
    # ^^^^^^^^^ error istio/invalid-service-entry
      ports: [{ name: tls, protocol: TLS }, { name: https, protocol: HTTPS }]
    #                                                                ^^^^^ error istio/invalid-service-entry
    ---
    kind: ServiceEntry
    metadata: { name: none, namespace: shop }
    spec: { hosts: [a.example.com], workloadSelector: { labels: { app: a } } }
    #                               ^^^^^^^^^^^^^^^^ warning istio/invalid-service-entry
    ---
    kind: ServiceEntry
    metadata: { name: with-endpoints, namespace: shop }
    spec:
      resolution: DNS
      hosts: ["*.example.com"]
      ports: [{ name: http, number: 80, protocol: HTTP }]
      endpoints: [{ address: a.example.com, ports: { http: 8080, https: 8443 } }]
    #                                                            ^^^^^ error istio/invalid-service-entry "This entry has no port "https"."
  `,
  );
});

test('reports ports that several hosts cannot share', () => {
  check(
    invalidServiceEntry,
    `
    kind: ServiceEntry
    metadata: { name: many, namespace: shop }
    spec:
      resolution: DNS
      hosts: [a.example.com, b.example.com]
      addresses: [10.0.0.1]
      ports:
      - { name: tcp, number: 1, protocol: TCP }
    #                                     ^^^ error istio/invalid-service-entry "Several hosts cannot share a TCP port: nothing tells them apart."
      - { name: tls, number: 2, protocol: TLS }
    #                                     ^^^ warning istio/invalid-service-entry
      - { name: http, number: 3, protocol: HTTP }
      - { name: any, number: 4, protocol: "{{ .Values.protocol }}" }
  `,
  );
});

test('sets a resolution that fits', () => {
  const yaml = (resolution: string, hosts: string) => `
    kind: ServiceEntry
    metadata: { name: out, namespace: shop }
    spec: { hosts: [${hosts}], location: MESH_EXTERNAL, resolution: ${resolution}, ports: [{ number: 443, name: tls, protocol: TLS }] }
  `;
  checkFix(invalidServiceEntry, yaml('DNS', '"*.exa$0mple.com"'), 'Set resolution: NONE', yaml('NONE', '"*.example.com"'));
  checkFix(invalidServiceEntry, yaml('DYNAMIC_DNS', 'api.exa$0mple.com'), 'Set resolution: DNS', yaml('DNS', 'api.example.com'));
});
