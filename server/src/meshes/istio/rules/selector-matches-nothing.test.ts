import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { selectorMatchesNothing } from './selector-matches-nothing.js';

const cart = `
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop, labels: { tier: web } }
    spec: { template: { metadata: { labels: { app: cart, version: v1 } }, spec: { containers: [{ name: cart }] } } }`;

test('reports labels that no pod of the namespace carries', () => {
  check(
    selectorMatchesNothing,
    `
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { app: crat } } }
    #                                       ^^^^ warning istio/selector-matches-nothing 💡 "No workload of "shop" carries app=crat ("cart" exists). This PeerAuthentication applies to nothing."
    ---
    kind: Sidecar
    metadata: { name: b, namespace: shop }
    spec: { workloadSelector: { labels: { app: cart, version: v2 } } }
    #                                                         ^^ error istio/selector-matches-nothing
    ---
    kind: EnvoyFilter
    metadata: { name: c, namespace: shop }
    spec: { workloadSelector: { labels: { tier: web } } }
    #                                           ^^^ warning istio/selector-matches-nothing
    ---
    kind: Telemetry
    metadata: { name: d, namespace: payments }
    spec: { selector: { matchLabels: { app: cart } } }
    #                                       ^^^^ error istio/selector-matches-nothing
    ${cart.trimStart()}
    `,
  );
});

test('selectors that pick a workload, an entry, or nothing in particular are fine', () => {
  check(
    selectorMatchesNothing,
    `
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } } }
    ---
    kind: Sidecar
    metadata: { name: b, namespace: shop }
    spec: { workloadSelector: { labels: { app: legacy } } }
    ---
    kind: WorkloadEntry
    metadata: { name: legacy, namespace: shop }
    spec: { address: 10.0.0.1, labels: { app: legacy } }
    ---
    kind: AuthorizationPolicy
    metadata: { name: c, namespace: istio-system }
    spec: { selector: { matchLabels: { app: cart } } }
    ---
    kind: AuthorizationPolicy
    metadata: { name: d, namespace: istio-system }
    spec: { selector: { matchLabels: { istio: ingressgateway } } }
    ---
    kind: RequestAuthentication
    metadata: { name: e, namespace: shop }
    spec: { selector: {} }${cart}
    `,
  );
});

test('in the open world a namespace without workloads proves nothing', () => {
  check(
    selectorMatchesNothing,
    `
    kind: PeerAuthentication
    metadata: { name: a, namespace: elsewhere }
    spec: { selector: { matchLabels: { app: crat } } }
    ---
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { app: other } } }
    #                                       ^^^^^ warning istio/selector-matches-nothing
    ${cart.trimStart()}
    `,
    { world: 'open' },
  );
});

test('changes to the label that exists', () => {
  checkFix(
    selectorMatchesNothing,
    `
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { app: crat } } }${cart}
    `,
    'Change to app=cart',
    `
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } } }${cart}
    `,
  );
});
