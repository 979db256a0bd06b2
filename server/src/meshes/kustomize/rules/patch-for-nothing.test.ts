import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { patchForNothing } from './patch-for-nothing.js';

const cart = `
    # file: cart.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    `;

test('reports a patch whose resource is not there, in its own file or in another', () => {
  check(
    patchForNothing,
    `
    # file: kustomization.yaml
    resources: [cart.yaml]
    patches:
    - path: good.yaml
    - path: bad.yaml
    # ^^^^^^^^^^^^^^ error kustomize/patch-for-nothing
    - target: { kind: Gateway }
      patch: "- { op: remove, path: /spec }"
    # file: good.yaml
    kind: Service
    metadata: { name: cart }
    # file: bad.yaml
    kind: Service
    metadata: { name: carts }${cart}`,
  );
});

test('resources may come from elsewhere', () => {
  check(
    patchForNothing,
    `
    # file: kustomization.yaml
    resources: [cart.yaml, "https://example.com/base?ref=v1"]
    patches: [{ path: patch.yaml }]
    # file: patch.yaml
    kind: Service
    metadata: { name: orders }${cart}`,
  );
});
