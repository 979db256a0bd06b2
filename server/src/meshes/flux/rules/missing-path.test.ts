import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { missingPath } from './missing-path.js';

test('reports a folder that is not in the repository', () => {
  check(
    missingPath,
    `
    # file: clusters/prod/shop.yaml
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: shop, namespace: flux-system }
    spec: { path: ./apps/gone }
    #             ^^^^^^^^^^^ error flux/missing-path
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: here, namespace: flux-system }
    spec: { path: ./apps/shop }
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: chart, namespace: flux-system }
    spec: { chart: { spec: { chart: ./apps/chart, sourceRef: { kind: GitRepository, name: platform } } } }
    #                               ^^^^^^^^^^^^ error flux/missing-path
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: by-name, namespace: flux-system }
    spec: { chart: { spec: { chart: cart, sourceRef: { kind: HelmRepository, name: charts } } } }
    # file: apps/shop/namespace.yaml
    kind: Namespace
    metadata: { name: shop }
    `,
  );
});
