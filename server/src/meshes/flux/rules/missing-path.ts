import { repositoryPath } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';

export const missingPath = defineRule({
  id: 'flux/missing-path',
  title: 'Kustomization applies a folder that is not there',
  severity: 'error',
  category: 'reference',
  effect: 'Flux cannot apply it.',
  why: 'The path counts from the root of the source. A folder that was moved leaves the Kustomization behind.',
  remedy: 'Correct the path.',
  example: {
    bad: `
# file: clusters/prod/shop.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./apps/shopp, sourceRef: { kind: GitRepository, name: platform } }
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
# file: apps/shop/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
  },

  kinds: ['Kustomization'],
  reads: { repositoryPath },

  *check({ resource: { root, uri }, read }) {
    const at = root.get('spec.path');
    const path = at?.text();
    if (at === undefined || path === undefined || read.repositoryPath(`${uri}|${path}`).length > 0) return;
    // The first step says whether the source is this repository.
    const [first] = path.split('/').filter((it) => it !== '' && it !== '.');
    const isHere = first !== undefined && read.repositoryPath(`${uri}|${first}`).length > 0;
    yield { at, message: `There is no "${path}" in this repository.`, certainty: isHere ? 'owned' : 'unseen' };
  },
});
