import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
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
