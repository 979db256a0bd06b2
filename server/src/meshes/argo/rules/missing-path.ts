import { repositoryPath } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { sourcesOf, valueFilesOf } from '../sources.js';
import { pathsOfRepository } from '../tables.js';

export const missingPath = defineRule({
  id: 'argo/missing-path',
  title: 'Application applies a folder or file that is not there',
  severity: 'error',
  category: 'reference',
  effect: 'Argo CD cannot sync it.',
  why: 'The path counts from the root of the repository, and Argo CD reads it at the revision that the Application names. A folder that was moved leaves the Application behind, and so does a file with values for Helm.',
  remedy: 'Correct the path.',
  example: {
    bad: `
# file: argo/shop.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: https://example.com/platform.git, path: apps/shopp }
  destination: { namespace: shop }
# file: apps/shop/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
# file: apps/shop/service.yaml
apiVersion: v1
kind: Service
metadata: { name: cart }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
    good: `
# file: argo/shop.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: https://example.com/platform.git, path: apps/shop }
  destination: { namespace: shop }
# file: apps/shop/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop }
# file: apps/shop/service.yaml
apiVersion: v1
kind: Service
metadata: { name: cart }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Application'],
  reads: { repositoryPath, pathsOfRepository },

  *check({ resource, read }) {
    for (const { node, path, key, repository } of sourcesOf(resource)) {
      if (path === '' || read.repositoryPath(key).length > 0) continue;
      // Where another path of the same repository is here, the repository is this one.
      const isHere = repository !== undefined && read.pathsOfRepository(repository).some((it) => read.repositoryPath(it.data).length > 0);
      yield { at: node, message: `There is no "${path}" in this repository.`, certainty: isHere ? 'owned' : 'unseen' };
    }
    for (const { node, path, key, chart } of valueFilesOf(resource)) {
      if (read.repositoryPath(chart).length === 0 || read.repositoryPath(key).length > 0) continue;
      yield { at: node, message: `There is no "${path}" in this repository, and the chart is here.`, certainty: 'owned' };
    }
  },
});
