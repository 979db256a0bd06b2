import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { sidecarAndAmbient } from './sidecar-and-ambient.js';

test('reports a workload that asks for both', () => {
  check(
    sidecarAndAmbient,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { sidecar.istio.io/inject: "true" } } } }
    #                                                                  ^^^^^^ warning istio/sidecar-and-ambient ""cart" asks for a sidecar and is in ambient by Namespace "shop"."
    ---
    kind: Namespace
    metadata: { name: mart, labels: { istio-injection: enabled } }
    ---
    kind: Deployment
    metadata: { name: till, namespace: mart }
    #                 ^^^^ error istio/sidecar-and-ambient
    spec: { template: { metadata: { labels: { istio.io/dataplane-mode: ambient } } } }
    `,
  );
});

test('hints at workloads of a Namespace that contradicts itself', () => {
  check(
    sidecarAndAmbient,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio-injection: enabled } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    #                 ^^^^ hint istio/sidecar-and-ambient
    spec: { template: { metadata: { labels: { app: cart } } } }
    `,
  );
});

test('one of the two is fine', () => {
  check(
    sidecarAndAmbient,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { istio.io/dataplane-mode: none, sidecar.istio.io/inject: "true" } } } }
    ---
    kind: Deployment
    metadata: { name: till, namespace: shop }
    spec: { template: { metadata: { labels: { sidecar.istio.io/inject: "false" } } } }
    `,
  );
});
