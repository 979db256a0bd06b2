import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { loneWeight } from './lone-weight.js';

test('reports a weight below 100 on the only destination', () => {
  check(
    loneWeight,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: cart }
          weight: 50
    #             ^^ warning istio/lone-weight 💡 "The only destination of this route has weight 50. It takes every request all the same."
      - route:
        - destination: { host: cart }
          weight: 100
      - route:
        - { destination: { host: cart }, weight: 50 }
        - { destination: { host: cart }, weight: 50 }
  `,
  );
});

test('removes the weight', () => {
  const yaml = (weight: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      tcp:
      - route:
        - destination: { host: cart }${weight}
  `;
  checkFix(loneWeight, yaml('\n          weight: 20'), 'Remove "weight"', yaml(''));
});
