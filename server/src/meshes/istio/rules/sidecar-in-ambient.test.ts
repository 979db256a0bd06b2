import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { sidecarInAmbient } from './sidecar-in-ambient.js';

test('reports Sidecars for a namespace and for a workload in ambient', () => {
  check(
    sidecarInAmbient,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
    ---
    kind: Sidecar
    metadata: { name: all, namespace: shop }
    #                 ^^^ warning istio/sidecar-in-ambient "Namespace "shop" is in ambient. It has no effect on them."
    ---
    kind: Sidecar
    metadata: { name: one, namespace: payments }
    #                 ^^^ warning istio/sidecar-in-ambient "This Sidecar selects "ledger", which is in ambient."
    spec: { workloadSelector: { labels: { app: ledger } } }
    ---
    kind: Deployment
    metadata: { name: ledger, namespace: payments }
    spec: { template: { metadata: { labels: { app: ledger, istio.io/dataplane-mode: ambient } }, spec: { containers: [] } } }
    `,
  );
});

test('a workload that stays out of ambient is none of it', () => {
  check(
    sidecarInAmbient,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
    ---
    kind: Sidecar
    metadata: { name: one, namespace: shop }
    spec: { workloadSelector: { labels: { app: cart } } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, istio.io/dataplane-mode: none } }, spec: { containers: [] } } }
    `,
  );
});
