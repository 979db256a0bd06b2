import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { missingPath } from './missing-path.js';

const application = (path: string, repository = 'https://example.com/platform.git'): string => `
    apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata: { name: shop, namespace: argocd }
    spec:
      destination: { namespace: shop }
      source:
        repoURL: ${repository}
        path: ${path}`;

test('reports folders that are not in the repository, seen from any file of it', () => {
  check(
    missingPath,
    `
    # file: argo/one.yaml${application('apps/shop')}
    # file: argo/two.yaml${application('apps/gone')}
    #         ^^^^^^^^^ error argo/missing-path
    # file: apps/shop/namespace.yaml
    kind: Namespace
    metadata: { name: shop }
    `,
  );
});

test('in the open world only of a repository that other paths show to be this one', () => {
  check(
    missingPath,
    `
    # file: argo/one.yaml${application('apps/shop')}
    # file: argo/two.yaml${application('apps/gone')}
    #         ^^^^^^^^^ warning argo/missing-path
    # file: argo/three.yaml${application('apps/gone', 'https://example.com/other.git')}
    # file: apps/shop/namespace.yaml
    kind: Namespace
    metadata: { name: shop }
    `,
    { settings: { world: 'open' } },
  );
});

test('reports files with values that the chart does not have', () => {
  check(
    missingPath,
    `
    # file: argo/one.yaml${application('charts/shop')}
        helm:
          valueFiles:
          - values-prod.yaml
          - ../shared.yaml
          - /global.yaml
          - $values/elsewhere.yaml
          - values-gone.yaml
    #       ^^^^^^^^^^^^^^^^ error argo/missing-path
    # file: charts/shop/Chart.yaml
    name: shop
    # file: charts/shop/values-prod.yaml
    a: b
    # file: charts/shared.yaml
    a: b
    # file: global.yaml
    a: b
    `,
  );
});
