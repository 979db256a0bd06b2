import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownSource } from './unknown-source.js';

const git = `
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: { name: platform, namespace: flux-system }
    spec: {}
    `;

test('reports a source that is not there, in the namespace where it is looked for', () => {
  check(
    unknownSource,
    `
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: a, namespace: flux-system }
    spec: { sourceRef: { kind: GitRepository, name: platform } }
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: b, namespace: shop }
    spec:
      sourceRef:
        kind: GitRepository
        name: platform
    #         ^^^^^^^^ error flux/unknown-source
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: c, namespace: shop }
    spec:
      chart:
        spec:
          chart: cart
          sourceRef: { kind: GitRepository, name: platform, namespace: flux-system }
    ---
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: { name: d, namespace: shop }
    spec:
      chartRef:
        kind: OCIRepository
        name: platform
    #         ^^^^^^^^ error flux/unknown-source
    ---${git}`,
  );
});

test('offers the one that was meant', () => {
  checkFix(
    unknownSource,
    `
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: a, namespace: flux-system }
    spec: { sourceRef: { kind: GitRepository, name: plat$0from } }
    ---${git}`,
    'Change to "platform"',
    `
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: a, namespace: flux-system }
    spec: { sourceRef: { kind: GitRepository, name: platform } }
    ---${git}`,
  );
});
