import { repositoryPath } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { pathOf } from '../delivery.js';

export const missingPath = defineRule({
  id: 'flux/missing-path',
  title: 'Flux applies a folder or chart that is not there',
  severity: 'error',
  category: 'reference',
  effect: 'Flux cannot apply it.',
  why: 'The path of a Kustomization, and that of a chart in a HelmRelease, counts from the root of the source. A folder that was moved leaves them behind.',
  remedy: 'Correct the path.',
  example: {
    bad: `
# file: clusters/prod/shop.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./apps/shopp, sourceRef: { kind: GitRepository, name: platform } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
# file: apps/shop/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
    good: `
# file: clusters/prod/shop.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./apps/shop, sourceRef: { kind: GitRepository, name: platform } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
# file: apps/shop/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
  },

  kinds: ['Kustomization', 'HelmRelease'],
  reads: { repositoryPath },

  *check({ resource, read }) {
    const { uri } = resource;
    const at = pathOf(resource);
    const path = at?.text();
    if (at === undefined || path === undefined || read.repositoryPath(`${uri}|${path}`).length > 0) return;
    // The first step says whether the source is this repository.
    const [first] = path.split('/').filter((it) => it !== '' && it !== '.');
    const isHere = first !== undefined && read.repositoryPath(`${uri}|${first}`).length > 0;
    yield { at, message: `There is no "${path}" in this repository.`, certainty: isHere ? 'owned' : 'unseen' };
  },
});
