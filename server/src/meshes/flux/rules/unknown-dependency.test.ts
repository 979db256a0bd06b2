import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownDependency } from './unknown-dependency.js';

test('reports what is waited for and not there, in the namespace where it is looked for', () => {
  check(
    unknownDependency,
    `
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: shop, namespace: flux-system }
    spec:
      dependsOn:
      - name: mesh
      - name: gone
    #         ^^^^ warning flux/unknown-dependency
      - { name: mesh, namespace: other }
    #           ^^^^ warning flux/unknown-dependency
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: mesh, namespace: flux-system }
    spec: {}
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: cart, namespace: shop }
    spec:
      dependsOn:
      - name: orders
      - name: mesh
    #         ^^^^ warning flux/unknown-dependency
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: orders, namespace: shop }
    spec: {}
    `,
  );
});
