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
