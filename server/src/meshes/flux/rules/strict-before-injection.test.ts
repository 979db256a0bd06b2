import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictBeforeInjection } from './strict-before-injection.js';

const world = (policies: string, namespaces: string, label = 'enabled'): string => `
    # file: clusters/prod.yaml
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: policies, namespace: flux-system }
    spec: { path: ./policies${policies} }
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: between, namespace: flux-system }
    spec: { path: ./between, dependsOn: [{ name: policies }] }
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: namespaces, namespace: flux-system }
    spec: { path: ./namespaces${namespaces} }
    # file: namespaces/shop.yaml
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: ${label} } }
    # file: policies/shop.yaml
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec:
      mtls:
        mode: STRICT`;

test('reports STRICT in a Kustomization that the one with the label waits for, over any number of steps', () => {
  check(
    strictBeforeInjection,
    `${world('', ', dependsOn: [{ name: between }]')}
    #         ^^^^^^ warning flux/strict-before-injection
`,
  );
});

test('the other way round, without an order, or where nothing brings proxies, is fine', () => {
  check(strictBeforeInjection, `${world(', dependsOn: [{ name: namespaces }]', '')}\n`);
  check(strictBeforeInjection, `${world('', '')}\n`);
  check(strictBeforeInjection, `${world('', ', dependsOn: [{ name: between }]', 'disabled')}\n`);
});
