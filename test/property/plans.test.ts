import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayDeliver } from '../../server/src/sources/deliveries.js';
import { isEnvironment, isScopeFile, isValuesFile, planScopes, type ScopePlan } from '../../server/src/sources/scopes.js';
import { folderOf } from '../../server/src/text/uri.js';

// A plan is made from parts of the one before it, and yet is the one that is made from nothing.

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\n';
const application = (source: string, namespace: string, name = 'app'): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec: { source: { repoURL: r, ${source} }, destination: { namespace: ${namespace} } }\n`;

/** Files, and what each may hold; it may also be missing. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'base/kustomization.yaml': [
    'resources: [a.yaml, b.yaml]\n',
    'resources: [a.yaml]\nnamespace: inner\n',
    'resources: [a.yaml, "https://example.com/base?ref=v1"]\n',
    'resources: ["https://example.com/base?ref=v1"]\n',
    'resources: [a.yaml, ../extra]\nconfigMapGenerator: [{ name: settings, files: [settings.yaml] }]\n',
    'resources: [',
  ],
  'base/a.yaml': [service, `${service}---\n${service}`],
  'base/b.yaml': [service],
  'base/settings.yaml': ['a: b\n', 'a: c\n'],
  'extra/kustomization.yaml': ['resources: [c.yaml]\n', 'kind: Component\nresources: [c.yaml]\n', 'resources: [../base]\n'],
  'extra/c.yaml': [service],
  'dev/kustomization.yaml': [
    'resources: [../base]\nnamespace: dev\n',
    'resources: [../base]\ncomponents: [../extra]\nnamePrefix: dev-\n',
    'resources: [../base, own.yaml]\npatches: [{ path: patch.yaml }]\n',
  ],
  'dev/patch.yaml': ['apiVersion: v1\nkind: Service\nmetadata: { name: cart, labels: { a: b } }\n', service],
  'dev/own.yaml': [service],
  'prod/kustomization.yaml': ['resources: [../base]\nnamespace: prod\n', 'resources: [../extra]\n', 'resources: [../dev/own.yaml]\n'],
  'chart/Chart.yaml': [
    'apiVersion: v2\nname: shop\n',
    'apiVersion: v2\nname: shop\ndependencies: [{ name: sub, repository: "" }]\n',
    'apiVersion: v2\nname: shop\ndependencies: [{ name: other, repository: "file://../lib" }]\n',
  ],
  'chart/requirements.yaml': ['dependencies: [{ name: redis, repository: "https://example.com" }]\n', 'dependencies: []\n'],
  'chart/values.yaml': ['host: reviews\nsub: { port: 80 }\n', 'host: ratings\n'],
  'chart/values-prod.yaml': ['host: prod\n', 'host: other\n'],
  'chart/values-dev.yaml': ['host: dev\n'],
  'chart/templates/a.yaml': [service],
  'chart/crds/b.yaml': [service],
  'chart/charts/sub/Chart.yaml': ['apiVersion: v2\nname: sub\n'],
  'chart/charts/sub/values.yaml': ['port: 90\n', 'port: 91\n'],
  'chart/charts/sub/templates/c.yaml': [service],
  'lib/Chart.yaml': ['apiVersion: v2\nname: lib\n'],
  'argo/one.yaml': [
    application('path: dev', 'shop'),
    application('path: dev', 'other'),
    application('path: chart, helm: { valueFiles: [values-prod.yaml] }', 'shop'),
    application('path: chart, helm: { values: "host: argo" }', 'shop'),
    application('path: apps/cart, directory: { recurse: true }', 'cart'),
    service,
  ],
  'argo/two.yaml': [
    application('path: chart, helm: { valueFiles: [values.yaml], parameters: [{ name: a, value: b }] }', 'live', 'two'),
    application('path: chart', 'live', 'two'),
    'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all, namespace: argocd }\nspec:\n  generators: [{ git: { files: [{ path: "clusters/*.json" }] } }]\n  template:\n    metadata: { name: "{{ name }}" }\n    spec: { source: { repoURL: r, path: "apps/{{ name }}" }, destination: { namespace: "{{ namespace }}" } }\n',
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: prod, namespace: flux-system }\nspec: { path: ./prod, targetNamespace: live }\n',
    'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all, namespace: argocd }\nspec:\n  generators: [{ git: { directories: [{ path: apps/* }] } }]\n  template:\n    metadata: { name: "{{ path.basename }}" }\n    spec: { source: { repoURL: r, path: "{{ path }}" }, destination: { namespace: "{{ path.basename }}" } }\n',
  ],
  'clusters/eu.json': ['{ "name": "cart", "namespace": "eu" }', '{ "name": "orders", "namespace": "us" }'],
  'apps/cart/d.yaml': [service],
  'apps/cart/deep/e.yaml': [service],
  'apps/orders/d.yaml': [service],
  'env/staging/f.yaml': [service],
  'env/production/f.yaml': [service],
  'env/production/kustomization.yaml': ['resources: [f.yaml]\n'],
};

const NAMES = Object.keys(FILES);
const uriOf = (name: string): string => `file:///w/${name}`;

function planOf(files: ReadonlyMap<string, string>, before?: ScopePlan): ScopePlan {
  const uris = [...files.keys()];
  const folders = new Set(uris.flatMap((uri) => foldersAbove(uri)));
  const environments = new Map<string, Set<string>>();
  for (const uri of uris) {
    for (const folder of foldersAbove(uri)) {
      if (!isEnvironment(folder.slice(folder.lastIndexOf('/') + 1))) continue;
      environments.set(folder, (environments.get(folder) ?? new Set<string>()).add(uri.slice(folder.length)));
    }
  }
  return planScopes({
    scopeFiles: uris.filter(isScopeFile),
    valuesFiles: uris.filter(isValuesFile),
    deliveryFiles: uris.filter((it) => mayDeliver(files.get(it)!)),
    textOf: (uri) => files.get(uri),
    hasFolder: (uri) => folders.has(uri),
    foldersIn: (uri) => [...folders].filter((it) => folderOf(it) === uri),
    filesBelow: (folder) => uris.filter((it) => it.startsWith(`${folder}/`)),
    environments,
    ...(before && { before }),
  });
}

function foldersAbove(uri: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(uri); folder.length > 'file://'.length; folder = folderOf(folder)) folders.push(folder);
  return folders;
}

/** Where a file is, as far as it can be compared between plans that share no objects. */
function placesOf(plan: ScopePlan, uri: string): unknown {
  return plan.placementsOf(uri).map(({ scope, namespace, isPatch, forces, values, chain }) => {
    const levels = chain.map((it) => [it.folder, it.key, it.isOpaque, it.patches.map((patch) => patch.key)]);
    return { scope, namespace, isPatch, forces, values: values?.key, levels };
  });
}

/** All that a plan says. */
function told(plan: ScopePlan): unknown {
  const { scopes, kustomizations } = plan;
  return {
    places: NAMES.map((it) => [it, placesOf(plan, uriOf(it))]),
    scopes,
    open: scopes.filter((it) => plan.isOpen(it)),
    names: scopes.map((it) => plan.nameOf(it)),
    sees: scopes.map((from) => scopes.filter((to) => plan.sees(from, to))),
    tied: [...plan.tied].map(([scope, uris]) => [scope, [...uris]]),
    charts: plan.charts,
    inputs: [...plan.inputs].sort(),
    watched: [...plan.watched].sort(),
    rivals: plan.rivals,
    kustomizations: [...kustomizations.values()].map((it) => [it.folder, plan.hidesResources(it), [...plan.partsOf(it)].sort()]),
  };
}

test('whatever comes, goes and changes, the plan is that of a fresh start, and tells which files moved', { timeout: 60_000 }, () => {
  const step = fc.record({ name: fc.constantFrom(...NAMES), choice: fc.nat({ max: 6 }) });
  let moves = 0;
  let keeps = 0;
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 5 }), { minLength: NAMES.length, maxLength: NAMES.length }),
      fc.array(step, { maxLength: 12 }),
      (start, steps) => {
        const files = new Map<string, string>();
        const put = (name: string, choice: number): void => {
          const text = FILES[name]![choice];
          if (text === undefined) files.delete(uriOf(name));
          else files.set(uriOf(name), text);
        };
        NAMES.forEach((name, i) => put(name, start[i]! % (FILES[name]!.length + 1)));
        let plan = planOf(files);
        for (const { name, choice } of steps) {
          put(name, choice);
          const next = planOf(files, plan);
          expect(told(next)).toEqual(told(planOf(files)));
          const moved = next.movedSince(plan);
          for (const it of NAMES) {
            const uri = uriOf(it);
            const isTold =
              moved === undefined ||
              moved.files.has(uri) ||
              moved.folders.some((folder) => uri.startsWith(`${folder}/`)) ||
              moved.shallow.includes(folderOf(uri));
            const isSame = JSON.stringify(placesOf(plan, uri)) === JSON.stringify(placesOf(next, uri));
            if (!isSame) expect([uri, isTold]).toEqual([uri, true]);
            if (isSame) keeps++;
            else moves++;
          }
          plan = next;
        }
      },
    ),
    { numRuns: process.env['FULL'] === '1' ? 4000 : 300 },
  );
  expect(moves).toBeGreaterThan(100);
  expect(keeps).toBeGreaterThan(100);
});

test('a base that only a remote one is in leaves open what is applied', () => {
  const files = new Map([
    [uriOf('base/kustomization.yaml'), 'resources: ["https://example.com/base?ref=v1"]\n'],
    [uriOf('dev/kustomization.yaml'), 'resources: [../base, a.yaml]\n'],
    [uriOf('dev/a.yaml'), service],
  ]);
  expect(planOf(files).isOpen(uriOf('dev'))).toBe(true);
});
