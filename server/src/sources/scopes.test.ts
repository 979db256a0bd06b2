import { expect, test } from 'vitest';
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
  expect(placementsOf('file:///w/base/cart.yaml').map((it) => [it.scope, it.namespace, it.chain.map((level) => level.folder)])).toEqual([
    ['file:///w/overlays/dev', 'shop-dev', ['file:///w/base', 'file:///w/overlays/dev']],
    ['file:///w/overlays/prod', undefined, ['file:///w/base', 'file:///w/overlays/prod']],
  ]);
  expect(placementsOf('file:///w/overlays/prod/extra.yaml')).toHaveLength(1);
  expect(placementsOf('file:///w/other.yaml')).toEqual([{ scope: '', namespace: undefined, isPatch: false, chain: [] }]);
});

test('the outermost namespace has the last word', () => {
  const { placementsOf } = plan({
    'base/kustomization.yaml': 'resources: [a.yaml]\nnamespace: inner',
    'top/kustomization.yaml': 'resources: [../base]\nnamespace: outer',
  });
  expect(placementsOf('file:///w/base/a.yaml')[0]?.namespace).toBe('outer');
});

test('patches are fragments, not resources', () => {
  const { placementsOf } = plan({
    'app/kustomization.yaml': 'resources: [a.yaml]\npatchesStrategicMerge: [p.yaml]\npatches: [{ path: q.yaml }]',
    'app/p.yaml': 'kind: VirtualService\nmetadata: { name: cart }',
    'app/q.yaml': 'kind: Deployment\nmetadata: { name: cart }',
  });
  expect(['a', 'p', 'q'].map((it) => placementsOf(`file:///w/app/${it}.yaml`)[0]?.isPatch)).toEqual([false, true, true]);
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

test('components come after what their kustomization lists, and before itself', () => {
  const { placementsOf, scopes } = plan({
    'top/kustomization.yaml': 'resources: [../base, a.yaml]\ncomponents: [../one, ../two]',
    'base/kustomization.yaml': 'resources: [b.yaml]',
    'one/kustomization.yaml': 'kind: Component\nresources: [c.yaml]',
    'two/kustomization.yaml': 'kind: Component\ncomponents: [../three]',
    'three/kustomization.yaml': 'kind: Component',
  });
  const way = (uri: string): readonly string[] | undefined =>
    placementsOf(`file:///w/${uri}`)[0]?.chain.map((it) => it.folder.slice('file:///w/'.length));
  expect(scopes).toEqual(['file:///w/top']);
  expect(way('base/b.yaml')).toEqual(['base', 'one', 'three', 'two', 'top']);
  expect(way('one/c.yaml')).toEqual(['one', 'three', 'two', 'top']);
});

test('what is not at hand makes a scope open', () => {
  const { isOpen } = plan({
    'far/kustomization.yaml': 'resources: [a.yaml, "https://example.com/base?ref=v1"]',
    'near/kustomization.yaml': 'resources: [a.yaml]',
  });
  expect([isOpen('file:///w/far'), isOpen('file:///w/near')]).toEqual([true, false]);
});

test('what a kustomization lists through links is in its scope, by whichever path it is known', () => {
  const files: Record<string, string> = {
    'base/kustomization.yaml': 'resources: [a.yaml]',
    'top/kustomization.yaml': 'resources: [link, b.yaml]',
  };
  const links: Record<string, string> = { 'top/link': 'base', 'top/b.yaml': 'common/b.yaml' };
  const { placementsOf, scopes } = planScopes({
    scopeFiles: Object.keys(files).map((it) => `file:///w/${it}`),
    textOf: (uri) => files[uri.slice('file:///w/'.length)],
    endOfLink: (uri) => {
      const end = links[uri.slice('file:///w/'.length)];
      return end && `file:///w/${end}`;
    },
  });
  expect(scopes).toEqual(['file:///w/top']);
  for (const it of ['base/a.yaml', 'common/b.yaml', 'top/b.yaml']) expect(placementsOf(`file:///w/${it}`)[0]?.scope).toBe('file:///w/top');
});
