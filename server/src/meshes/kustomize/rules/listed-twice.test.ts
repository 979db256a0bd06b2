import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { listedTwice } from './listed-twice.js';

const rest = `
    # file: cart.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    `;

test('reports a file that is listed twice, however it is written', () => {
  check(
    listedTwice,
    `
    # file: kustomization.yaml
    resources:
    - cart.yaml
    - ./cart.yaml
    # ^^^^^^^^^^^ error kustomize/listed-twice 💡
    patches:
    - path: cart.yaml${rest}`,
  );
});

test('takes the second one out', () => {
  checkFix(
    listedTwice,
    `
    # file: kustomization.yaml
    resources:
    - cart.yaml
    - $0cart.yaml
    - other.yaml${rest}`,
    'Take it out',
    `
    # file: kustomization.yaml
    resources:
    - cart.yaml
    - other.yaml${rest}`,
  );
});
