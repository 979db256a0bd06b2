import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { subsetSelectsNothing } from './subset-selects-nothing.js';

const cart = `
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart } }
    ---
    kind: Deployment
    metadata: { name: cart-v1, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, version: v1 } } } }
    ---
    kind: Deployment
    metadata: { name: other-v2, namespace: shop }
    spec: { template: { metadata: { labels: { app: other, version: v2 } } } }
`;

const route = `
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: test }
    spec: { http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local, subset: v2 } }] }] }
`;

const rule = (mark = '') => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      subsets:
      - name: v1
        labels: { version: v1 }
      - name: v2
${mark}
        labels: { version: v2 }
      - name: zone
        labels: { topology.kubernetes.io/zone: a }
${cart}`;

test('reports a subset without pods: an error where it is routed to, a warning in the open world', () => {
  check(
    subsetSelectsNothing,
    rule(
      '    #         ^^ error istio/subset-selects-nothing 💡 "Subset "v2" of "cart.shop" selects no pod: no workload of "cart" carries version=v2. Requests sent to it get 503."',
    ) + route,
  );
  check(subsetSelectsNothing, rule('    #         ^^ warning istio/subset-selects-nothing') + route, { world: 'open' });
  check(subsetSelectsNothing, rule('    #         ^^ info istio/subset-selects-nothing'), { world: 'open' });
});

test('is silent where workloads are elsewhere, hidden by a template, or endpoints carry the labels', () => {
  check(
    subsetSelectsNothing,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v2, labels: { version: v2 } }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart } }
  `,
    { world: 'open' },
  );
  check(
    subsetSelectsNothing,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v2, labels: { version: v2 } }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, version: "{{ .Values.version }}" } } } }
    ---
    kind: DestinationRule
    metadata: { name: db, namespace: shop }
    spec: { host: db.example.com, subsets: [{ name: v1, labels: { version: v1 } }] }
    ---
    kind: ServiceEntry
    metadata: { name: db, namespace: shop }
    spec: { hosts: [db.example.com], endpoints: [{ address: 10.0.0.1, labels: { version: v1 } }] }
  `,
  );
});

test('offers the labels that pods carry, and to delete a subset that nobody uses', () => {
  const yaml = (version: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      subsets:
      - name: v2
        labels: { version: ${version} }
${cart}`;
  expect(fixTitles(subsetSelectsNothing, yaml('v2'))).toEqual(['Use version=v1 (cart-v1)', 'Delete the subset']);
  expect(fixTitles(subsetSelectsNothing, yaml('v2') + route)).toEqual(['Use version=v1 (cart-v1)']);
  checkFix(subsetSelectsNothing, yaml('v2'), 'Use version=v1 (cart-v1)', yaml('v1'));
});

test('a subset of a host that is written without its domain is used all the same', () => {
  const used = rule() + route.replace('cart.shop.svc.cluster.local', 'cart.shop') + cart;
  expect(fixTitles(subsetSelectsNothing, used)).not.toContain('Delete the subset');
});
