import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unlistedFile } from './unlisted-file.js';

const service = (file: string): string => `
    # file: ${file}
    kind: Service
    metadata: { name: ${file.replace(/\W/g, '-')}, namespace: shop }
    `;

test('reports a manifest that is beside a kustomization and in none', () => {
  check(
    unlistedFile,
    `
    # file: base/kustomization.yaml
    { resources: [cart.yaml] }
    # ^^^^^^^^^ hint kustomize/unlisted-file 💡 ""forgotten.yaml" is beside this file, and no kustomization lists it."
    ${service('base/cart.yaml')}${service('base/forgotten.yaml')}`,
  );
});

test('what another lists, what is a patch or a value of it, and what lies deeper is not forgotten', () => {
  check(
    unlistedFile,
    `
    # file: base/kustomization.yaml
    resources: [cart.yaml]
    # file: overlay/kustomization.yaml
    resources: [../base, ../base/extra.yaml]
    patches: [{ path: patch.yaml }]
    configMapGenerator: [{ name: files, files: [some.yaml] }]
    # file: base/values.yaml
    a: b
    ${service('base/cart.yaml')}${service('base/extra.yaml')}${service('base/later/not-yet.yaml')}${service('overlay/some.yaml')}
    # file: overlay/patch.yaml
    kind: Service
    metadata: { name: base-cart-yaml, namespace: shop }
    `,
  );
});

test('lists it', () => {
  checkFix(
    unlistedFile,
    `
    # file: kustomization.yaml
    resou$0rces:
    - cart.yaml
    ${service('cart.yaml')}${service('orders.yaml')}`,
    'Add "orders.yaml" to resources',
    `
    # file: kustomization.yaml
    resources:
    - cart.yaml
    - orders.yaml
    ${service('cart.yaml')}${service('orders.yaml')}`,
  );
});
