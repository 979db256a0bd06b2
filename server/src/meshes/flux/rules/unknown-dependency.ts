import { defineRule } from '../../../rules/rule.js';
import { dependenciesOf } from '../delivery.js';
import { helmReleasesNamed, kustomizationsNamed } from '../lookups.js';

export const unknownDependency = defineRule({
  id: 'flux/unknown-dependency',
  title: 'Flux waits for something that does not exist',
  severity: 'warning',
  category: 'reference',
  unseen: 'info',
  effect: 'Flux never applies it.',
  why: 'Flux applies a Kustomization once all Kustomizations that it depends on are ready, and a HelmRelease once all HelmReleases are. One that is not there never is.',
  remedy: 'Correct the name, or name the namespace that it is in.',
  example: {
    bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./, sourceRef: { kind: GitRepository, name: platform }, dependsOn: [{ name: mesh }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
`,
    good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./, sourceRef: { kind: GitRepository, name: platform }, dependsOn: [{ name: mesh }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: mesh, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./, sourceRef: { kind: GitRepository, name: platform } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
`,
  },

  kinds: ['Kustomization', 'HelmRelease'],
  reads: { kustomizationsNamed, helmReleasesNamed },

  *check({ resource, read }) {
    if (resource.namespace === undefined) return;
    for (const { node, name, key } of dependenciesOf(resource)) {
      const named = resource.kind === 'HelmRelease' ? read.helmReleasesNamed : read.kustomizationsNamed;
      if (named(key).length > 0 || named(`?/${name}`).length > 0) continue;
      yield { at: node, message: `No ${resource.kind} "${key}" exists in this workspace.`, certainty: 'unseen' };
    }
  },
});
