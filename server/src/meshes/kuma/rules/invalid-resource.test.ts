import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidResource } from './invalid-resource.js';

test('a mesh uses one backend that it has', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    spec:
      mtls: { enabledBackend: ca-2, backends: [{ name: ca-1, type: builtin }, { name: ca-1, type: builtin, mode: LOOSE }] }
    #                         ^^^^ error kuma/invalid-resource
    #                               ^^^^^^^^ error kuma/invalid-resource
    #                                                                                 ^^^^ error kuma/invalid-resource
    #                                                                                                            ^^^^^ error kuma/invalid-resource
      metrics: { enabledBackend: prom, backends: [{ name: prom, type: prometheus }] }
      tracing: { backends: [{ name: z, type: zipkin, sampling: 101, conf: { url: "http://zipkin/api" } }] }
    #                                                          ^^^ error kuma/invalid-resource
    #                                                                            ^^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
      constraints: { dataplaneProxy: { requirements: [{ tags: {} }] } }
    #                                                   ^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: b }
    spec: { routing: { zoneEgress: true } }
    #                              ^^^^ error kuma/invalid-resource
  `,
  );
});

test('offers a backend that it has', () => {
  checkFix(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    spec: { mtls: { enabledBackend: ca$0-2, backends: [{ name: ca-1, type: builtin }] } }
  `,
    'Change to "ca-1"',
    `
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
  `,
  );
});

test('external services have addresses and whole pairs of certificates', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshExternalService
    metadata: { name: a, namespace: kuma-system }
    spec:
      match: { port: 443 }
      endpoints: [{ address: not_a_host!, port: 443 }, { address: api.example.org, port: 443 }, { address: "::1", port: 1 }]
    #                        ^^^^^^^^^^^ error kuma/invalid-resource
      tls:
        version: { min: TLS13, max: TLS12 }
    #                   ^^^^^ error kuma/invalid-resource
        verification: { serverName: "not[]valid", clientCert: { secret: a } }
    #                               ^^^^^^^^^^^^ error kuma/invalid-resource
    #                                             ^^^^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshExternalService
    metadata: { name: b, namespace: kuma-system }
    spec:
      match: { port: 443 }
      extension: { type: "" }
    #                    ^^ error kuma/invalid-resource
  `,
  );
});

test('a selector is one of its kind', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: a, namespace: kuma-system }
    spec:
      selector: { dataplaneTags: { app: a }, dataplaneRef: { name: b } }
    #                                        ^^^^^^^^^^^^ error kuma/invalid-resource
      ports: [{ port: 0 }]
    #                 ^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshMultiZoneService
    metadata: { name: a, namespace: kuma-system }
    spec:
      selector: { meshService: { matchLabels: {} } }
    #                            ^^^^^^^^^^^ error kuma/invalid-resource
      ports: [{ port: 80, appProtocol: smtp }]
    #                                  ^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: HostnameGenerator
    metadata: { name: a, namespace: kuma-system }
    spec:
      selector: { meshService: {}, meshExternalService: {} }
    #                              ^^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
      template: "{{ .DisplayName }}.mesh"
  `,
  );
});

test('templates of names are Go templates that make a DNS name', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: HostnameGenerator
    metadata: { name: a, namespace: kuma-system }
    spec:
      selector: { meshService: {} }
      template: "{{ .DisplayName|1 }}.mesh"
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: HostnameGenerator
    metadata: { name: b, namespace: kuma-system }
    spec:
      selector: { meshService: {} }
      template: "{{ upper .Name }}.mesh"
    #           ^^^^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: HostnameGenerator
    metadata: { name: c, namespace: kuma-system }
    spec:
      selector: { meshService: {} }
      template: "{{ .Service }}.mesh"
    #           ^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: HostnameGenerator
    metadata: { name: d, namespace: kuma-system }
    spec:
      selector: { meshService: {} }
      template: "{{ .Name }} mesh"
    #           ^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: HostnameGenerator
    metadata: { name: d, namespace: kuma-system }
    spec:
      selector: { meshService: {} }
      template: '{{ label "team" }}.{{ .Namespace }}.mesh'
  `,
  );
});

test('an identity has a provider with what it needs', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshIdentity
    metadata: { name: a, namespace: kuma-system }
    spec:
      provider: { type: Bundled, bundled: { autogenerate: { enabled: false } } }
    #                            ^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshIdentity
    metadata: { name: b, namespace: kuma-system }
    spec:
      provider: { type: Bundled, bundled: { autogenerate: { enabled: true }, ca: {} } }
    #                                                                        ^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshIdentity
    metadata: { name: c, namespace: kuma-system }
    spec:
      provider: { type: Bundled, bundled: { ca: { certificate: { type: File, file: { path: /a } }, privateKey: { type: Secret } } } }
    #                                                                                                            ^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshIdentity
    metadata: { name: d, namespace: kuma-system }
    spec:
      provider: { type: Spire }
    #             ^^^^ error kuma/invalid-resource
      spiffeID: { trustDomain: "{{ .Mesh }}.{{ .Zone }}", path: "{{ .Mesh|1 }}" }
    #                                                           ^^^^^^^^^^^^^^^ error kuma/invalid-resource
  `,
  );
});

test('trust holds certificates, no keys', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshTrust
    metadata: { name: a, namespace: kuma-system }
    spec:
      trustDomain: prod
      caBundles:
      - type: Pem
        pem: { value: "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----" }
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-resource
      - type: Pem
        pem: { value: hello }
    #                 ^^^^^ error kuma/invalid-resource
      - type: Pem
        pem: { value: "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----" }
  `,
  );
});

test('telemetry has an address and, for HTTP, a path', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshOpenTelemetryBackend
    metadata: { name: a, namespace: kuma-system }
    spec:
      endpoint: { address: "not valid!", port: 70000, path: /v1 }
    #                      ^^^^^^^^^^^^ error kuma/invalid-resource
    #                                          ^^^^^ error kuma/invalid-resource
    #                                                 ^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshOpenTelemetryBackend
    metadata: { name: b, namespace: kuma-system }
    spec:
      endpoint: { address: otel, port: 1, path: v1 }
    #                                           ^^ error kuma/invalid-resource
      protocol: http
    ---
    apiVersion: kuma.io/v1alpha1
    kind: MeshZoneAddress
    metadata: { name: a, namespace: kuma-system }
    spec:
      address: 0.0.0.0
    #          ^^^^^^^ error kuma/invalid-resource
      port: 1
  `,
  );
});

test('a proxy has an address, and services at its ports', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: Dataplane
    metadata: { name: a, namespace: kuma-system }
    spec:
      networking:
        address: 0.0.0.0
    #            ^^^^^^^ error kuma/invalid-resource
        inbound: [{ port: 0, tags: { app: a } }, { port: 80, tags: { kuma.io/service: a, kuma.io/protocol: smtp } }]
    #                     ^ error kuma/invalid-resource
    #                        ^^^^ error kuma/invalid-resource
    #                                                                                                      ^^^^ error kuma/invalid-resource
        outbound: [{ port: 1, tags: { kuma.io/service: a }, backendRef: { kind: MeshService, name: a, port: 1 } }, { port: 2, backendRef: { kind: Service, name: a, port: 1 } }]
    #                         ^^^^ error kuma/invalid-resource
    #                                                                                                                                             ^^^^^^^ error kuma/invalid-resource
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Dataplane
    metadata: { name: b, namespace: kuma-system }
    spec:
      networking: { address: 10.0.0.1, gateway: { type: DELEGATED, tags: {} }, inbound: [{ port: 1 }] }
    #                                                                          ^^^^^^^ error kuma/invalid-resource
  `,
  );
});

test('the first policies name their mesh', () => {
  check(
    invalidResource,
    `
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    #< error kuma/invalid-resource
    metadata: { name: a }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: TrafficPermission
    mesh: default
    metadata: { name: b }
  `,
  );
});
