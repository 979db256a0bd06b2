import { expect, test } from 'vitest';
import { NO_BUILD } from '../model/resource.js';
import { planScopes } from './scopes.js';

function plan(files: Record<string, string>) {
  const text = new Map(Object.entries(files).map(([path, content]) => [`file:///w/${path}`, content]));
  return planScopes({ scopeFiles: [...text.keys()].filter((it) => /kustomization|Chart/.test(it)), textOf: (uri) => text.get(uri) });
}

test('each kustomization that no other includes is a scope; bases belong to all that build them', () => {
  const { placementsOf, scopes } = plan({
    'base/kustomization.yaml': 'resources: [cart.yaml]',
    'overlays/dev/kustomization.yaml': 'resources: [../../base]\nnamespace: shop-dev',
    'overlays/prod/kustomization.yaml': 'resources: [../../base, extra.yaml]',
  });
  expect(scopes).toEqual(['file:///w/overlays/dev', 'file:///w/overlays/prod']);
  expect(placementsOf('file:///w/base/cart.yaml')).toEqual([
    { scope: 'file:///w/overlays/dev', namespace: 'shop-dev', isPatch: false, build: NO_BUILD },
    { scope: 'file:///w/overlays/prod', namespace: undefined, isPatch: false, build: NO_BUILD },
  ]);
  expect(placementsOf('file:///w/overlays/prod/extra.yaml')).toHaveLength(1);
  expect(placementsOf('file:///w/other.yaml')).toEqual([{ scope: '', namespace: undefined, isPatch: false, build: NO_BUILD }]);
});

test('the outermost namespace has the last word', () => {
  const { placementsOf } = plan({
    'base/kustomization.yaml': 'resources: [a.yaml]\nnamespace: inner',
    'top/kustomization.yaml': 'resources: [../base]\nnamespace: outer',
  });
  expect(placementsOf('file:///w/base/a.yaml')[0]?.namespace).toBe('outer');
});

test('patches are fragments, and what they change is known to be incomplete', () => {
  const { placementsOf, isPatched } = plan({
    'app/kustomization.yaml': `
resources: [a.yaml]
patchesStrategicMerge: [p.yaml]
patches:
- path: q.yaml
- target: { kind: Gateway, name: "pub.*" }
  patch: "- op: remove\\n  path: /spec"
- patch: |-
    kind: Service
    metadata: { name: cart }
`,
    'app/p.yaml': 'kind: VirtualService\nmetadata: { name: cart }',
    'app/q.yaml': 'kind: Deployment\nmetadata: { name: cart }',
  });
  expect(placementsOf('file:///w/app/p.yaml')[0]?.isPatch).toBe(true);
  const scope = 'file:///w/app';
  const patched = (kind: string, name: string): boolean => isPatched(scope, { kind, name });
  expect([
    patched('VirtualService', 'cart'),
    patched('VirtualService', 'ads'),
    patched('Deployment', 'cart'),
    patched('Service', 'cart'),
  ]).toEqual([true, false, true, true]);
  expect([patched('Gateway', 'public'), patched('Gateway', 'private')]).toEqual([true, false]);
});

test('scopes that build the same files, and environments of one thing, do not see each other', () => {
  const { sees } = plan({
    'base/kustomization.yaml': 'resources: [a.yaml]',
    'one/kustomization.yaml': 'resources: [../base]',
    'two/kustomization.yaml': 'resources: [../base]',
    'clusters/dev/app/kustomization.yaml': 'resources: [a.yaml]',
    'clusters/prod/app/kustomization.yaml': 'resources: [a.yaml]',
    'apps/cart/kustomization.yaml': 'resources: [a.yaml]',
    'apps/orders/kustomization.yaml': 'resources: [a.yaml]',
  });
  const see = (a: string, b: string): boolean => sees(`file:///w/${a}`, `file:///w/${b}`);
  expect(see('one', 'two')).toBe(false);
  expect(see('clusters/dev/app', 'clusters/prod/app')).toBe(false);
  expect(see('apps/cart', 'apps/orders')).toBe(true);
  expect(see('apps/cart', 'one')).toBe(true);
});

test('a kustomization that includes itself, or what is not there, is read as far as it goes', () => {
  const { scopes, placementsOf } = plan({
    'a/kustomization.yaml': 'resources: [../a, ../missing, x.yaml, "https://example.com/base?ref=v1"]',
    'b/kustomization.yaml': 'resources: [',
  });
  expect(scopes).toEqual(['file:///w/b']);
  expect(placementsOf('file:///w/a/x.yaml')[0]?.scope).toBe('');
});

test('a chart is a scope', () => {
  const { placementsOf } = plan({ 'charts/shop/Chart.yaml': 'name: shop' });
  expect(placementsOf('file:///w/charts/shop/templates/a.yaml')[0]?.scope).toBe('file:///w/charts/shop');
  expect(placementsOf('file:///w/charts/shop/values.yaml')[0]?.scope).toBe('');
});

test('names and labels are those that kustomizations give, the outer ones last', () => {
  const { placementsOf } = plan({
    'base/kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: web-\ncommonLabels: { app: web, tier: front }',
    'top/kustomization.yaml':
      'resources: [../base]\nnamePrefix: eu-\nlabels: [{ pairs: { tier: edge } }, { pairs: { env: prod }, includeSelectors: true }]',
  });
  expect(placementsOf('file:///w/base/a.yaml')[0]?.build).toEqual({
    prefix: 'eu-web-',
    suffix: '',
    labels: { app: 'web', tier: 'edge', env: 'prod' },
    podLabels: { app: 'web', tier: 'front', env: 'prod' },
  });
});
