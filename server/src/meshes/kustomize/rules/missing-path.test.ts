import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { missingPath } from './missing-path.js';

test('reports files and folders that are not there, wherever they are named', () => {
  check(
    missingPath,
    `
    # file: overlays/dev/kustomization.yaml
    resources:
    - ../../base
    - ../../bas
    # ^^^^^^^^^ error kustomize/missing-path "There is no"
    patches:
    - path: patch.yaml
    #       ^^^^^^^^^^ error kustomize/missing-path
    - patch: |-
        - op: remove
          path: /spec
    configMapGenerator:
    - name: settings
      files: [key=settings.txt]
    #         ^^^^^^^^^^^^^^^^ error kustomize/missing-path
    # file: base/kustomization.yaml
    resources: [cart.yaml]
    # file: base/cart.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    `,
  );
});

test('what is on another machine, or filled in by a template, is not looked for', () => {
  check(
    missingPath,
    `
    # file: kustomization.yaml
    resources:
    - https://example.com/base?ref=v1
    - github.com/example/base/deploy
    - \${BASE}
    `,
  );
});
