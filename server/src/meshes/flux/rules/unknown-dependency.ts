import { defineRule } from '../../../rules/rule.js';
import { dependenciesOf } from '../delivery.js';
import { kustomizationsNamed } from '../lookups.js';

export const unknownDependency = defineRule({
  id: 'flux/unknown-dependency',
  title: 'Kustomization waits for one that does not exist',
  severity: 'warning',
  category: 'reference',
  unseen: 'info',
  effect: 'Flux never applies it.',
  why: 'Flux applies a Kustomization once all that it depends on are ready. One that is not there never is.',
  remedy: 'Correct the name, or name the namespace that it is in.',
  example: {
    bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./, sourceRef: { kind: GitRepository, name: platform }, dependsOn: [{ name: mesh }] }
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
`,
  },

  kinds: ['Kustomization'],
  reads: { kustomizationsNamed },

  *check({ resource, read }) {
    if (resource.namespace === undefined) return;
    for (const { node, name, key } of dependenciesOf(resource)) {
      if (read.kustomizationsNamed(key).length > 0 || read.kustomizationsNamed(`?/${name}`).length > 0) continue;
      yield { at: node, message: `No Kustomization "${key}" exists in this workspace.`, certainty: 'unseen' };
    }
  },
});
