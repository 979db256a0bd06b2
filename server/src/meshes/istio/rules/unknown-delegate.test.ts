import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownDelegate } from './unknown-delegate.js';

test('reports delegates that do not exist', () => {
  check(
    unknownDelegate,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      http:
      - delegate:
          name: catalgo
    #           ^^^^^^^ error istio/unknown-delegate 💡 "No VirtualService "shop/catalgo" exists ("shop/catalog" exists)."
      - delegate:
          name: payment
    #           ^^^^^^^ error istio/unknown-delegate
          namespace: payments
      - delegate: { name: catalog }
      - delegate: { name: "{{ .Values.catalog }}" }
    ---
    kind: VirtualService
    metadata: { name: catalog, namespace: shop }
  `,
  );
});

test('is a warning where the namespace is at hand, and silent where it is not', () => {
  check(
    unknownDelegate,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      http:
      - delegate: { name: search, namespace: shop }
    #                     ^^^^^^ warning istio/unknown-delegate
      - delegate: { name: payment, namespace: payments }
    ---
    kind: VirtualService
    metadata: { name: catalog, namespace: shop }
  `,
    { world: 'open' },
  );
});

test('corrects the name', () => {
  const yaml = (name: string) => `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec: { http: [{ delegate: { name: ${name} } }] }
    ---
    kind: VirtualService
    metadata: { name: catalog, namespace: shop }
  `;
  checkFix(unknownDelegate, yaml('catalgo'), 'Change to "catalog"', yaml('catalog'));
});
