import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeBeforeSubset } from './route-before-subset.js';

const world = (routes: string, rules: string): string => `
    # file: clusters/prod.yaml
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: routes, namespace: flux-system }
    spec: { path: ./routes${routes} }
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: between, namespace: flux-system }
    spec: { path: ./between, dependsOn: [{ name: routes }] }
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: { name: rules, namespace: flux-system }
    spec: { path: ./rules${rules} }
    # file: rules/cart.yaml
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
    # file: routes/cart.yaml
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - route:
        - destination:
            host: cart
            subset: v1`;

test('reports a subset whose Kustomization waits, over any number of steps, for that of the route', () => {
  check(
    routeBeforeSubset,
    `${world('', ', dependsOn: [{ name: between }]')}
    #               ^^ warning flux/route-before-subset
`,
  );
});

test('the other way round, or without an order, is fine', () => {
  check(routeBeforeSubset, `${world(', dependsOn: [{ name: rules }]', '')}\n`);
  check(routeBeforeSubset, `${world('', '')}\n`);
});
