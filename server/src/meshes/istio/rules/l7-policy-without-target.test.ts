import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { l7PolicyWithoutTarget } from './l7-policy-without-target.js';

const ambient = `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }`;

test('reports request policies by selector or for a whole namespace', () => {
  check(
    l7PolicyWithoutTarget,
    `
    kind: RequestAuthentication
    metadata: { name: jwt, namespace: shop }
    spec:
      selector: { matchLabels: { app: cart } }
    # ^^^^^^^^ warning istio/l7-policy-without-target ""shop" is in ambient, and this RequestAuthentication has no targetRefs."
    ---
    kind: WasmPlugin
    metadata: { name: plugin, namespace: shop }
    #                 ^^^^^^ warning istio/l7-policy-without-target
    ${ambient.trimStart()}
    `,
  );
});

test('connection policies and targets are fine', () => {
  check(
    l7PolicyWithoutTarget,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec: { rules: [{ from: [{ source: { namespaces: [shop] } }] }] }
    ---
    kind: RequestAuthentication
    metadata: { name: b, namespace: shop }
    spec: { targetRef: { kind: Gateway, name: wp } }
    ---
    kind: Telemetry
    metadata: { name: c, namespace: elsewhere }
    spec: { tracing: [{}] }${ambient}
    `,
  );
});

test('targets the Services behind the selector', () => {
  const yaml = (how: string) => `
    kind: RequestAuthentication
    metadata: { name: jwt, namespace: shop }
    spec:
      ${how}
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ port: 80, name: http }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart }] } } }
    ${ambient.trimStart()}
    `;
  checkFix(
    l7PolicyWithoutTarget,
    yaml('sel$0ector: { matchLabels: { app: cart } }\n      jwtRules: [{ issuer: a, jwksUri: https://a/b }]'),
    'Target Service "cart" in place of the selector',
    yaml(
      'jwtRules: [{ issuer: a, jwksUri: https://a/b }]\n      targetRefs:\n      - kind: Service\n        group: ""\n        name: cart',
    ),
  );
});
