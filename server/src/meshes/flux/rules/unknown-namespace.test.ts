import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownNamespace } from './unknown-namespace.js';

test('reports a target that no Namespace makes, unless Helm is told to', () => {
  check(
    unknownNamespace,
    `
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: a, namespace: flux-system }
    spec:
      targetNamespace: shopp
    #                  ^^^^^ warning flux/unknown-namespace 💡
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: b, namespace: flux-system }
    spec: { targetNamespace: gone, install: { createNamespace: true } }
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: c, namespace: flux-system }
    spec: { targetNamespace: shop }
    ---
    kind: Namespace
    metadata: { name: shop }
    `,
  );
});
