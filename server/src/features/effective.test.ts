import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { codeLenses, inlayHints } from './effective.js';

const WORLD = `
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec:
      selector: { app: cart }
      ports: [{ name: web, port: 8080 }]
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      replicas: 2
      template: { metadata: { labels: { app: cart, version: v1 } }, spec: { containers: [{ name: cart, image: cart }] } }
    ---
    kind: Deployment
    metadata: { name: batch, namespace: shop }
    spec:
      template: { metadata: { labels: { app: batch, sidecar.istio.io/inject: "false" } }, spec: { containers: [{ name: batch, image: batch }] } }
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - route:
        - { destination: { host: cart, subset: v1 }, weight: 3 }
        - { destination: { host: cart, subset: v2 }, weight: 1 }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: STRICT } }
    ---
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      selector: { matchLabels: { app: cart } }
      rules: [{ from: [{ source: { principals: [cluster.local/ns/web/sa/front] } }] }]
    $0`;

test('each resource tells above itself what it is to others', () => {
  const { snapshot, uri } = edit(WORLD);
  expect(codeLenses(snapshot, uri, ['references', 'workloads', 'callers']).map((it) => it.text)).toEqual([
    '1 workload · 1 VirtualService',
    'sidecar · STRICT · 1 caller',
    'no sidecar',
    'used by 1 VirtualService',
    'routes to cart',
    'STRICT for 2 workloads · 1 without sidecar',
    'default deny for cart · 1 caller allowed',
  ]);
  expect(codeLenses(snapshot, uri, ['callers']).map((it) => it.text)).toEqual(['1 caller', 'default deny for cart · 1 caller allowed']);
  expect(codeLenses(snapshot, uri, [])).toEqual([]);
});

test('hints complete hosts, and tell what subsets, weights and port names come to', () => {
  const { snapshot, uri, textOf } = edit(WORLD);
  const text = textOf(uri);
  const shown = (groups: readonly string[]): readonly string[] =>
    inlayHints(snapshot, uri, { start: 0, end: text.length }, groups).map(
      (it) => `${/[\w-]*$/.exec(text.slice(0, it.at))![0]}${it.joins ? '' : ' '}${it.text}`,
    );
  expect(shown(['host', 'subset', 'weight', 'protocol'])).toEqual([
    'web protocol guessed',
    'cart.shop',
    'cart.shop',
    'cart.shop',
    'v1 version=v1, 2 pods',
    '3 75 %',
    'cart.shop',
    'v2 version=v2, no pod',
    '1 25 %',
  ]);
  expect(shown(['sidecar', 'mtls'])).toEqual(['cart sidecar, STRICT', 'batch no sidecar']);
});
