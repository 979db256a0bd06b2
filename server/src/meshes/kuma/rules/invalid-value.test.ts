import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidValue } from './invalid-value.js';

test('a timeout says something, and takes no time below zero', () => {
  check(
    invalidValue,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { connectionTimeout: 0s, idleTimeout: 0s }
    #                                 ^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { idleTimeout: soon }
    #                           ^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: {}
    #   ^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { http: { requestHeadersTimeout: 1s } }
    #              ^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { http: { requestTimeout: 0s, streamIdleTimeout: -1s } }
    #                                                             ^^^ error kuma/invalid-value
  `,
  );
});

test('timeouts by caller are for requests only', () => {
  check(
    invalidValue,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules:
      - matches: [{ spiffeID: { type: Exact, value: spiffe://prod/ns/a } }]
        default: { idleTimeout: 5s, http: { requestTimeout: 1s, maxStreamDuration: 1s } }
    #              ^^^^^^^^^^^ error kuma/invalid-value
    #                                                           ^^^^^^^^^^^^^^^^^ error kuma/invalid-value
      - matches: [{ sni: { type: Exact, value: A_B } }]
    #                                          ^^^ error kuma/invalid-value
        default: { idleTimeout: 5s }
      - matches: [{ spiffeID: { type: Exact, value: spiffe://Prod/a } }]
    #                                               ^^^^^^^^^^^^^^^ error kuma/invalid-value
        default: { http: { requestTimeout: 1s } }
      - matches: [{ spiffeID: { type: Exact, value: spiffe://prod/../a } }]
    #                                               ^^^^^^^^^^^^^^^^^^ error kuma/invalid-value
        default: { http: { requestTimeout: 1s } }
  `,
  );
});

test('a retry says when', () => {
  check(
    invalidValue,
    `
    kind: MeshRetry
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { http: {} }
    #              ^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { tcp: { }, grpc: { numRetries: 1 } }
    #              ^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { tcp: { maxConnectAttempt: 0 } }
    #                                        ^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { http: { retryOn: [5xx, "503", 5XX, HttpMethodGet, Sometimes] } }
    #                                            ^^^ error kuma/invalid-value
    #                                                                ^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { http: { backOff: {}, rateLimitedBackOff: {} } }
    #                      ^^^^^^^ error kuma/invalid-value
    #                                   ^^^^^^^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { http: { hostSelection: [{ predicate: OmitHostsWithTags }, { predicate: OmitPreviousPriorities, updateFrequency: 0 }, { predicate: OmitPreviousPriorities }] } }
    #                                        ^^^^^^^^^ error kuma/invalid-value
    #                                                                                                                              ^ error kuma/invalid-value
    #                                                                                                                                                ^^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('a condition is written as Kuma spells it', () => {
  checkFix(
    invalidValue,
    `
    kind: MeshRetry
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { http: { retryOn: [5$0XX] } }
  `,
    'Change to "5xx"',
    `
    kind: MeshRetry
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { http: { retryOn: [5xx] } }
  `,
  );
});

test('a circuit breaker has limits or detectors', () => {
  check(
    invalidValue,
    `
    kind: MeshCircuitBreaker
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { connectionLimits: { maxConnections: 0 } }
    #                                                  ^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { outlierDetection: { interval: 5s } }
    #              ^^^^^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { outlierDetection: { detectors: {} } }
    #                                  ^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { outlierDetection: { maxEjectionPercent: 101, detectors: { totalFailures: { consecutive: 0 }, failurePercentage: { threshold: -1 }, successRate: { standardDeviationFactor: "1.9" } } } }
    #                                                      ^^^ error kuma/invalid-value
    #                                                                                                      ^ error kuma/invalid-value
    #                                                                                                                                           ^^ error kuma/invalid-value
  `,
  );
});

test('a limit has a rate', () => {
  check(
    invalidValue,
    `
    kind: MeshRateLimit
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules:
      - default: { local: { http: { requestRate: { num: 0, interval: 50ms } } } }
    #                                                   ^ error kuma/invalid-value
    #                                                                ^^^^ error kuma/invalid-value
      - default: { local: {} }
    #              ^^^^^ error kuma/invalid-value
      - default: { local: { http: {} } }
    #                       ^^^^ error kuma/invalid-value
      - default: {}
    #   ^^^^^^^ error kuma/invalid-value
      - matches: [{ spiffeID: { type: Prefix, value: spiffe://a/ } }]
        default: { local: { tcp: { disabled: true } } }
    #                       ^^^ error kuma/invalid-value
      - default: { local: { http: { requestRate: { num: 1, interval: 51ms } } } }
  `,
  );
});

test('faults have codes, shares and units', () => {
  check(
    invalidValue,
    `
    kind: MeshFaultInjection
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules:
      - default: { http: [{ abort: { httpStatus: 600, percentage: 101 } }, { responseBandwidth: { limit: 50mbps, percentage: "0.5" } }, { delay: { value: -1s, percentage: 0 } }] }
    #                                            ^^^ error kuma/invalid-value
    #                                                             ^^^ error kuma/invalid-value
    #                                                                                                    ^^^^^^ error kuma/invalid-value
    #                                                                                                                                                     ^^^ error kuma/invalid-value
      - default: { http: [{ responseBandwidth: { limit: 50 Mbps, percentage: "100.1" } }] }
    #                                                                        ^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('a health check has a protocol', () => {
  check(
    invalidValue,
    `
    kind: MeshHealthCheck
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { interval: 10s }
    #   ^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { tcp: {}, interval: 0s }
    #                                 ^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { http: { path: "", expectedStatuses: [200, 99] }, intervalJitterPercent: 101, healthyThreshold: 0 }
    #                            ^^ error kuma/invalid-value
    #                                                        ^^ error kuma/invalid-value
    #                                                                                      ^^^ error kuma/invalid-value
    #                                                                                                             ^ error kuma/invalid-value
  `,
  );
});

test('hash policies have what their type asks for', () => {
  check(
    invalidValue,
    `
    kind: MeshLoadBalancingStrategy
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { hashPolicies: [{ type: Header }, { type: Cookie, cookie: { name: id, path: shop } }, { type: SourceIP }, { type: Connection, connection: {} }] }
    #                               ^^^^ error kuma/invalid-value
    #                                                                                         ^^^^ error kuma/invalid-value
    #                                                                                                     ^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { hashPolicies: [], loadBalancer: { type: Maglev, maglev: { hashPolicies: [] } } }
    #                                                                        ^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { localityAwareness: { localZone: { affinityTags: [{ key: a, weight: 3 }, { key: b }] } } }
    #                                                ^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { localityAwareness: { crossZone: { failover: [{ to: { type: Any, zones: [a] } }, { to: { type: Only } }, { from: { zones: [] }, to: { type: None } }], failoverThreshold: { percentage: 0 } } } }
    #                                                                              ^^^^^ error kuma/invalid-value
    #                                                                                                      ^^^^ error kuma/invalid-value
    #                                                                                                                                ^^^^^ error kuma/invalid-value
    #                                                                                                                                                                                                     ^ error kuma/invalid-value
    ---
    kind: MeshLoadBalancingStrategy
    metadata: { name: route, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshHTTPRoute, name: r }
        default: { loadBalancer: { type: Random } }
    #              ^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: MeshService, name: r, sectionName: http }
        default: { localityAwareness: { crossZone: {} } }
    #                                   ^^^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('logs go to files, sockets or OpenTelemetry', () => {
  check(
    invalidValue,
    `
    kind: MeshAccessLog
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { backends: [] }
    #              ^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { backends: [{ type: File }, { type: File, file: { path: logs } }, { type: Tcp, tcp: { address: logs } }] }
    #                           ^^^^ error kuma/invalid-value
    #                                                                     ^^^^ error kuma/invalid-value
    #                                                                                                            ^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { backends: [{ type: OpenTelemetry, openTelemetry: { endpoint: "otel:4317", backendRef: { kind: MeshOpenTelemetryBackend } } }, { type: OpenTelemetry, openTelemetry: { endpoint: "http://otel/v1" } }, { type: OpenTelemetry, openTelemetry: {} }] }
    #                                                ^^^^^^^^^^^^^ error kuma/invalid-value
    #                                                                                                                                                                                              ^^^^^^^^^^^^^^^^ error kuma/invalid-value
    #                                                                                                                                                                                                                                           ^^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { backends: [{ type: File, file: { path: /dev/stdout, format: { type: Plain, plain: "" } } }, { type: File, file: { path: /dev/stdout, format: { type: Json } } }, { type: OpenTelemetry, openTelemetry: { endpoint: "otel:4317", attributes: [{ key: otel.a, value: b }] } }] }
    #                                                                                                ^^ error kuma/invalid-value
    #                                                                                                                                                             ^^^^ error kuma/invalid-value
    #                                                                                                                                                                                                                                                                  ^^^^^^ error kuma/invalid-value
  `,
  );
});

test('traces have one place to go', () => {
  check(
    invalidValue,
    `
    kind: MeshTrace
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      default:
        backends:
        - { type: Datadog, datadog: { url: "http://agent" } }
    #                                      ^^^^^^^^^^^^^^ error kuma/invalid-value
        - { type: Datadog, datadog: { url: "http://agent:8126" } }
        - { type: Zipkin, zipkin: { url: zipkin } }
    #                                    ^^^^^^ error kuma/invalid-value
        sampling: { overall: 101, random: "0.1" }
    #                        ^^^ error kuma/invalid-value
        tags: [{ name: a, literal: b }, { name: c, header: { name: d }, literal: e }, { name: f }]
    #                                                                   ^^^^^^^ error kuma/invalid-value
    #                                                                                   ^^^^ error kuma/invalid-value
  `,
  );
});

test('metrics have ports and patterns', () => {
  check(
    invalidValue,
    `
    kind: MeshMetric
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      default:
        sidecar: { profiles: { exclude: [{ type: Regex, match: ( }, { type: Regex, match: "(?i)http.*" }, { type: Prefix, match: ( }] } }
    #                                                          ^ error kuma/invalid-value
        applications: [{ port: 0 }]
    #                          ^ error kuma/invalid-value
        backends: [{ type: Prometheus, prometheus: { port: 70000 } }, { type: OpenTelemetry, openTelemetry: { endpoint: "http://otel:4317" } }]
    #                                                      ^^^^^ error kuma/invalid-value
    #                                                                                                                   ^^^^^^^^^^^^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('passthrough says what it sees of a connection', () => {
  check(
    invalidValue,
    `
    kind: MeshPassthrough
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      default:
        appendMatch:
        - { type: Domain, value: "*example.org", protocol: tls, port: 443 }
    #                            ^^^^^^^^^^^^^^ error kuma/invalid-value
        - { type: Domain, value: db.example.org, protocol: tcp, port: 5432 }
    #                                            ^^^^^^^^ error kuma/invalid-value
        - { type: CIDR, value: 10.0.0.0/33, protocol: tcp }
    #                          ^^^^^^^^^^^ error kuma/invalid-value
        - { type: IP, value: 10.0.0.7, protocol: mysql }
    #                                  ^^^^^^^^ error kuma/invalid-value
        - { type: Domain, value: a.example.org, protocol: http, port: 80 }
        - { type: Domain, value: b.example.org, protocol: grpc, port: 80 }
    #                                                     ^^^^ error kuma/invalid-value
        - { type: Domain, value: "*.example.org", protocol: tls }
        - { type: Domain, value: "*.example.org", protocol: tls }
    #                            ^^^^^^^^^^^^^^^ error kuma/invalid-value
        - { type: IP, value: example.org, port: 1 }
    #                        ^^^^^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('a patch does one thing', () => {
  check(
    invalidValue,
    `
    kind: MeshProxyPatch
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      default:
        appendModifications:
        - { cluster: { operation: Add, value: x }, listener: { operation: Remove } }
    #                                              ^^^^^^^^ error kuma/invalid-value
        - { httpFilter: { operation: AddBefore, value: x } }
    #                     ^^^^^^^^^ error kuma/invalid-value
        - { cluster: { operation: Patch, match: { name: x } } }
    #       ^^^^^^^ error kuma/invalid-value
        - { cluster: { operation: Add, match: { name: x }, value: x } }
    #                                  ^^^^^ error kuma/invalid-value
        - { listener: { operation: Remove, value: x } }
    #                                      ^^^^^ error kuma/invalid-value
        - { cluster: { operation: Patch, jsonPatches: [{ op: move, path: /a }, { op: add, path: /a }, { op: remove, path: /a }, { op: remove, path: / }] } }
    #                                                    ^^ error kuma/invalid-value
    #                                                                            ^^ error kuma/invalid-value
    #                                                                                                                                               ^ error kuma/invalid-value
        - { virtualHost: { operation: Add, match: { origin: inbound }, value: x } }
  `,
  );
});

test('routes match paths that begin with a slash', () => {
  check(
    invalidValue,
    `
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: a }
        hostnames: [a.example.com]
    #   ^^^^^^^^^ error kuma/invalid-value
        rules:
        - matches:
          - { path: { type: PathPrefix, value: /api/ } }
    #                                          ^^^^^ error kuma/invalid-value
          - { path: { type: Exact, value: login } }
    #                                     ^^^^^ error kuma/invalid-value
          - { path: { type: PathPrefix, value: / } }
          - { headers: [{ name: x-a, type: Present, value: "1" }] }
    #                                               ^^^^^ error kuma/invalid-value
          - { queryParams: [{ name: q, type: Exact, value: a }, { name: q, type: Exact, value: b }] }
    #                                                                   ^ error kuma/invalid-value
          default: {}
  `,
  );
});

test('filters have what their type asks for', () => {
  check(
    invalidValue,
    `
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: a }
        rules:
        - matches: [{ path: { type: Exact, value: /a } }]
          default:
            filters:
            - { type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /b } } }
    #                                                                                                 ^^ error kuma/invalid-value
            - { type: RequestMirror }
    #           ^^^^ error kuma/invalid-value
            - { type: RequestHeaderModifier, requestHeaderModifier: {} }
    #                                        ^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-value
            - { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: a, value: b }], remove: [a] } }
    #                                                                                                        ^ error kuma/invalid-value
            - { type: RequestRedirect, requestRedirect: { hostname: 10.0.0.1 } }
    #                                                               ^^^^^^^^ error kuma/invalid-value
            - { type: URLRewrite, urlRewrite: { hostToBackendHostname: true } }
    #                                           ^^^^^^^^^^^^^^^^^^^^^ error kuma/invalid-value
        - matches: [{ path: { type: PathPrefix, value: /a } }]
          default: { filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /b } } }] }
  `,
  );
});

test('a prefix loses its slash', () => {
  checkFix(
    invalidValue,
    `
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: a }, rules: [{ matches: [{ path: { type: PathPrefix, value: /a$0pi/ } }], default: {} }] }]
  `,
    'Change to "/api"',
    `
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: [{ targetRef: { kind: MeshService, name: a }, rules: [{ matches: [{ path: { type: PathPrefix, value: /api } }], default: {} }] }]
  `,
  );
});

test('a rule of TCP needs backends', () => {
  check(
    invalidValue,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: a }
        rules: [{ default: {} }]
    #             ^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: MeshService, name: a }
        rules: [{ default: { backendRefs: [] } }]
    #                        ^^^^^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('permissions say what they do, and to whom', () => {
  check(
    invalidValue,
    `
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      from:
      - targetRef: { kind: Mesh }
        default: {}
    #   ^^^^^^^ error kuma/invalid-value
    ---
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules:
      - default: {}
    #   ^^^^^^^ error kuma/invalid-value
      - default: { allow: [{ spiffeID: { type: Exact, value: https://a/b } }, { spiffeID: { type: Prefix, value: spiffe://a/b/ } }] }
    #                                                        ^^^^^^^^^^^ error kuma/invalid-value
  `,
  );
});

test('versions of TLS are for the whole mesh', () => {
  check(
    invalidValue,
    `
    kind: MeshTLS
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: a } }
      rules:
      - default: { mode: Strict, tlsVersion: { min: TLS12 } }
    #                            ^^^^^^^^^^ error kuma/invalid-value
    ---
    kind: MeshTLS
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      rules:
      - default: { tlsVersion: { min: TLS13, max: TLS12 } }
    #                                 ^^^^^ error kuma/invalid-value
  `,
  );
});

test('nothing is said of what a template fills in', () => {
  check(
    invalidValue,
    `
    kind: MeshTimeout
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { connectionTimeout: "{{ .Values.timeout }}" }
      - targetRef: { kind: Mesh }
        default: "{{ .Values.conf }}"
  `,
  );
});

test('version 3 wants backends of their own for OpenTelemetry', () => {
  check(
    invalidValue,
    `
    kind: MeshAccessLog
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: Mesh }
        default: { backends: [{ type: OpenTelemetry, openTelemetry: {} }] }
    #                                                ^^^^^^^^^^^^^ error kuma/invalid-value
      - targetRef: { kind: Mesh }
        default: { backends: [{ type: OpenTelemetry, openTelemetry: { backendRef: { kind: MeshOpenTelemetryBackend } } }] }
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});
