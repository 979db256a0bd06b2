import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { rootSidecarWithSelector } from './root-sidecar-with-selector.js';

test('reports a selector in the root namespace only', () => {
  check(
    rootSidecarWithSelector,
    `
    kind: Sidecar
    metadata: { name: default, namespace: platform }
    spec:
      workloadSelector: { labels: { app: cart } }
    # ^^^^^^^^^^^^^^^^ warning istio/root-sidecar-with-selector 💡 ""platform" is the root namespace, and this Sidecar selects single workloads."
      egress: []
    ---
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { workloadSelector: { labels: { app: cart } } }
    `,
    { settings: { istio: { rootNamespace: 'platform' } } },
  );
});

test('an empty selector is none', () => {
  check(
    rootSidecarWithSelector,
    `
    kind: Sidecar
    metadata: { name: default, namespace: istio-system }
    spec: { workloadSelector: {} }
    `,
  );
});
