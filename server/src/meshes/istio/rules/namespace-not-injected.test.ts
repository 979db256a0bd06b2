import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { namespaceNotInjected } from './namespace-not-injected.js';

test('hints at a Namespace that says nothing about injection', () => {
  check(
    namespaceNotInjected,
    `
    kind: Namespace
    metadata: { name: shop }
    #                 ^^^^ hint istio/namespace-not-injected 💡 "Pods of "shop" get no sidecar: the Namespace has no injection label."
    ---
    kind: Namespace
    metadata: { name: istio-system }
    ---
    kind: Namespace
    metadata: { name: mart, labels: { istio-injection: disabled } }
    ---
    kind: Namespace
    metadata: { name: kiosk, labels: { istio.io/dataplane-mode: ambient } }
    `,
  );
});

test('in the open world a namespace without a trace of Istio is left alone', () => {
  check(namespaceNotInjected, 'kind: Namespace\nmetadata: { name: shop }', { world: 'open' });
});

test('a namespace of another mesh is left alone, unless something in it is of Istio', () => {
  check(
    namespaceNotInjected,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
    ---
    kind: Namespace
    metadata: { name: mart }
    #                 ^^^^ hint istio/namespace-not-injected 💡
    ---
    kind: Pod
    metadata: { name: till, namespace: mart, labels: { sidecar.istio.io/inject: 'true' } }
    `,
  );
});

test('labels it', () => {
  checkFix(
    namespaceNotInjected,
    `
    kind: Namespace
    metadata:
      name: shop
    `,
    'Set istio-injection: enabled',
    `
    kind: Namespace
    metadata:
      name: shop
      labels:
        istio-injection: enabled
    `,
  );
});
