import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBeforeSubset } from './route-before-subset.js';

const rule = (wave: string): string => `
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop${wave === '' ? '' : `, annotations: { argocd.argoproj.io/sync-wave: "${wave}" }`} }
    spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
    `;

test('reports a route in an earlier wave than its subset', () => {
  check(
    routeBeforeSubset,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "-1" } }
    spec:
      hosts: [cart]
      http:
      - route:
        - destination:
            host: cart
            subset: v1
    #               ^^ warning argo/route-before-subset${rule('')}`,
  );
});

test('the same wave or an earlier one is fine', () => {
  for (const wave of ['1', '0', '']) {
    check(
      routeBeforeSubset,
      `
    kind: VirtualService
    metadata: { name: cart, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "1" } }
    spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }] }] }${rule(wave)}`,
    );
  }
});
