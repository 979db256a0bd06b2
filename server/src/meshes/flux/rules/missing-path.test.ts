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
    # file: apps/shop/namespace.yaml
    kind: Namespace
    metadata: { name: shop }
    `,
  );
});
