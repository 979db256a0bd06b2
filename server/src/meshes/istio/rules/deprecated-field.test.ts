import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { deprecatedField } from './deprecated-field.js';

test('reports fields that gave way to others', () => {
  check(
    deprecatedField,
    `
    kind: VirtualService
    metadata: { name: www, namespace: shop }
    spec:
      http:
      - fault:
          delay:
            percent: 10
    #       ^^^^^^^ warning istio/deprecated-field 💡 ""percent" gave way to "percentage". It stops working with an update."
            fixedDelay: 5s
      - fault: { delay: { percent: 0, fixedDelay: 5s } }
      - fault: { delay: { percentage: { value: 1 }, fixedDelay: 5s } }
    ---
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec:
      outboundTrafficPolicy:
        mode: ALLOW_ANY
        egressProxy: { host: proxy }
    #   ^^^^^^^^^^^ warning istio/deprecated-field 💡 "Istio ignores "egressProxy"."
  `,
  );
});

test('hints at older forms that still work', () => {
  check(
    deprecatedField,
    `
    kind: VirtualService
    metadata: { name: www, namespace: shop }
    spec:
      http:
      - corsPolicy:
          allowOrigin:
    #     ^^^^^^^^^^^ hint istio/deprecated-field 💡 ""allowOrigin" gave way to "allowOrigins"."
          - https://shop.example.com
          - "*"
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmupDurationSecs: 30s } }
    #                                                       ^^^^^^^^^^^^^^^^^^ hint istio/deprecated-field 💡
  `,
  );
});

test('any origin stays any origin', () => {
  const yaml = (cors: string) => `
    kind: VirtualService
    metadata: { name: www, namespace: shop }
    spec: { http: [{ corsPolicy: { ${cors} } }] }
  `;
  checkFix(
    deprecatedField,
    yaml('allowOrigin: [https://a.example.com, "*"], maxAge: 1h'),
    'Write it as "allowOrigins"',
    yaml(`allowOrigins: [{ exact: "https://a.example.com" }, { regex: '.*' }], maxAge: 1h`),
  );
});

test('reports tracing with a provider of type lightstep', () => {
  check(
    deprecatedField,
    `
    kind: Telemetry
    metadata: { name: default, namespace: istio-system }
    spec:
      tracing:
      - providers:
        - name: old
    #           ^^^ warning istio/deprecated-field "Provider "old" is of type lightstep, which gave way to opentelemetry."
        - name: new
    ---
    kind: ConfigMap
    metadata: { name: istio, namespace: istio-system }
    data:
      mesh: |
        extensionProviders:
        - { name: old, lightstep: { service: a } }
        - { name: new, opentelemetry: { service: b } }
  `,
  );
});

test('keeps the share of requests', () => {
  const yaml = (share: string) => `
    kind: VirtualService
    metadata: { name: www, namespace: shop }
    spec: { http: [{ fault: { delay: { ${share}, fixedDelay: 5s } } }] }
  `;
  checkFix(deprecatedField, yaml('percent: 10'), 'Write it as "percentage"', yaml('percentage: { value: 10 }'));
});

test('reports fields of traffic policies that gave way to others', () => {
  check(
    deprecatedField,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        outlierDetection: { consecutiveErrors: 5, consecutive5xxErrors: 5 }
    #                       ^^^^^^^^^^^^^^^^^ warning istio/deprecated-field ""consecutiveErrors" gave way to "consecutive5xxErrors". It stops working with an update."
        loadBalancer: { consistentHash: { minimumRingSize: 10 } }
    #                                     ^^^^^^^^^^^^^^^ warning istio/deprecated-field 💡
        portLevelSettings: [{ outlierDetection: { consecutiveErrors: 0 } }]
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ mirrorPercent: 10 }] }
    #                ^^^^^^^^^^^^^ warning istio/deprecated-field 💡
  `,
  );
});
