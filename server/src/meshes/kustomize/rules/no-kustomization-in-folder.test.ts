import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { noKustomizationInFolder } from './no-kustomization-in-folder.js';

test('reports folders without a kustomization, and files where only folders can be', () => {
  check(
    noKustomizationInFolder,
    `
    # file: kustomization.yaml
    resources: [base, plain, plain/cart.yaml]
    #                 ^^^^^ error kustomize/no-kustomization-in-folder
    components:
    - plain/cart.yaml
    # ^^^^^^^^^^^^^^^ error kustomize/no-kustomization-in-folder
    # file: base/kustomization.yml
    resources: []
    # file: plain/cart.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    `,
  );
});
