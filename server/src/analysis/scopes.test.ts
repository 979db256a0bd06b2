import { expect, test } from 'vitest';
import { analyze, createHost } from './analyze.js';
import { diagnosticsOf } from './diagnostics.js';
import type { FileChange } from './state.js';

const uri = (path: string): string => `file:///w/${path}`;

const shop = {
  'base/kustomization.yaml': 'resources: [routes.yaml]',
  'base/routes.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout }
spec:
  hosts: [checkout]
  http:
  - route:
    - destination: { host: checkuot }
`,
  'overlays/dev/kustomization.yaml': 'resources: [../../base, services.yaml]\nnamespace: shop',
  'overlays/dev/services.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: checkuot }\nspec: { ports: [{ name: http, port: 80 }] }',
  'overlays/prod/kustomization.yaml': 'resources: [../../base, services.yaml]\nnamespace: shop',
  'overlays/prod/services.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: checkout }\nspec: { ports: [{ name: http, port: 80 }] }',
};

const filesOf = (tree: Readonly<Record<string, string>>) => Object.entries(tree).map(([path, text]) => ({ uri: uri(path), text }));
const unknownHosts = (messages: readonly { rule: string; message: string }[]): readonly string[] =>
  messages.filter((it) => it.rule === 'istio/unknown-host').map((it) => it.message);

test('a finding that holds in one overlay only is shown once, on the base, and names the scope', () => {
  const { diagnostics } = analyze(filesOf(shop), { world: 'closed' });
  const found = diagnostics.filter((it) => it.rule === 'istio/unknown-host');
  expect(found).toHaveLength(1);
  expect(found[0]?.uri).toBe(uri('base/routes.yaml'));
  expect(found[0]?.message).toMatch(/^In scope "prod": no Service or ServiceEntry defines "checkuot.shop"/);
});

test('a finding that holds in every scope does not mention them', () => {
  const everywhere = { ...shop, 'overlays/dev/services.yaml': shop['overlays/prod/services.yaml'] };
  const found = unknownHosts(analyze(filesOf(everywhere), { world: 'closed' }).diagnostics);
  expect(found).toEqual([expect.stringMatching(/^No Service/)]);
});

test('in whatever order kustomizations and their files arrive, findings are the same', () => {
  const files = filesOf(shop);
  const cold = analyze(files, { world: 'closed' }).diagnostics.map((it) => `${it.uri} ${it.message}`);
  for (const order of [files, [...files].reverse(), [...files.slice(3), ...files.slice(0, 3)]]) {
    const host = createHost();
    host.setSettings({ world: 'closed' });
    for (const file of order) host.apply([file]);
    const warm = files.flatMap((file) => diagnosticsOf(host, file.uri).map((it) => `${it.uri} ${it.message}`));
    expect(warm.sort()).toEqual([...cold].sort());
  }
});

test('an edited or deleted kustomization moves its files to other scopes', () => {
  const host = createHost();
  host.setSettings({ world: 'closed' });
  host.apply(filesOf(shop));
  const base = uri('base/routes.yaml');
  expect(unknownHosts(diagnosticsOf(host, base))).toHaveLength(1);
  host.apply([{ uri: uri('overlays/prod/kustomization.yaml'), text: undefined }]);
  expect(unknownHosts(diagnosticsOf(host, base))).toEqual([]);
  host.apply([
    { uri: uri('overlays/dev/kustomization.yaml'), text: 'resources: [../../base]\nnamespace: other' },
    { uri: uri('overlays/dev/services.yaml'), text: undefined },
  ]);
  expect(unknownHosts(diagnosticsOf(host, base))).toEqual([expect.stringMatching(/"checkuot.other"/)]);
});

test('what a patch leaves out is not missing, and a patched resource may hold more than its file', () => {
  const rule = (subsets: string): string => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: checkout, namespace: shop }
spec: { host: checkout, subsets: [${subsets}] }
`;
  const tree = {
    'kustomization.yaml': 'resources: [rule.yaml, service.yaml]\npatches: [{ path: patch.yaml }]',
    'rule.yaml': rule('{ name: v1, labels: { version: v1 } }'),
    'patch.yaml':
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: checkout }\nspec: { subsets: [{ name: v2, labels: { version: v2 } }] }',
    'service.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: checkout, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }',
  };
  const errors = analyze(filesOf(tree)).diagnostics.filter((it) => it.severity === 'error');
  expect(errors).toEqual([]);
});

test('hosts are looked up under the names that kustomizations give', () => {
  const tree = {
    'app/kustomization.yaml': 'resources: [service.yaml, routes.yaml]\nnamespace: shop\nnamePrefix: web-',
    'app/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ name: http, port: 80 }] }',
    'app/routes.yaml': shop['base/routes.yaml'].replaceAll('checkout', 'web-cart').replace('checkuot', 'web-cart'),
  };
  expect(unknownHosts(analyze(filesOf(tree), { world: 'closed' }).diagnostics)).toEqual([]);
  const unprefixed = { ...tree, 'app/routes.yaml': tree['app/routes.yaml'].replaceAll('web-cart', 'cart') };
  expect(unknownHosts(analyze(filesOf(unprefixed), { world: 'closed' }).diagnostics)).toHaveLength(1);
});

test('a value that a patch brings is judged, and told in the patch', () => {
  const tree = {
    'app/kustomization.yaml': `resources: [../base/service.yaml, ../base/routes.yaml]
namespace: shop
patches:
- target: { kind: VirtualService }
  patch: |-
    - op: replace
      path: /spec/http/0/route/0/destination/host
      value: payments
`,
    'base/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: checkout }\nspec: { ports: [{ name: http, port: 80 }] }',
    'base/routes.yaml': shop['base/routes.yaml'],
  };
  const found = analyze(filesOf(tree), { world: 'closed' }).diagnostics.filter((it) => it.rule === 'istio/unknown-host');
  expect(found.map((it) => [it.uri, it.path])).toEqual([[uri('app/kustomization.yaml'), 'spec.http[0].route[0].destination.host']]);
  const { start, end } = found[0]!.range;
  expect(tree['app/kustomization.yaml'].slice(start, end)).toBe('payments');
  const mended = { ...tree, 'app/kustomization.yaml': tree['app/kustomization.yaml'].replace('payments', 'checkout') };
  expect(unknownHosts(analyze(filesOf(mended), { world: 'closed' }).diagnostics)).toEqual([]);
});

test('an edit of a patch is followed by what is said of the base, and by nothing else', () => {
  const patch = (host: string): string =>
    `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: checkout }\nspec: { http: [{ route: [{ destination: { host: ${host} } }] }] }\n`;
  const tree: Record<string, string> = {
    ...shop,
    'overlays/dev/kustomization.yaml': 'resources: [../../base, services.yaml]\nnamespace: shop\npatches: [{ path: patch.yaml }]',
    'overlays/dev/patch.yaml': patch('checkuot'),
  };
  const host = createHost();
  host.setSettings({ world: 'closed' });
  host.apply(filesOf(tree));
  host.work();
  host.takeChanged();
  const patchUri = uri('overlays/dev/patch.yaml');
  expect(unknownHosts(diagnosticsOf(host, patchUri))).toEqual([]);
  host.apply([{ uri: patchUri, text: patch('nobody') }]);
  host.work();
  expect(host.takeChanged()).not.toContain(uri('overlays/prod/services.yaml'));
  expect(unknownHosts(diagnosticsOf(host, patchUri))).toEqual([expect.stringMatching(/"nobody.shop"/)]);
  // The value in the base is the one of "prod" only.
  expect(diagnosticsOf(host, uri('base/routes.yaml')).find((it) => it.rule === 'istio/unknown-host')?.scopes).toEqual(['prod']);
});

test('a resource that a patch deletes is not there', () => {
  const tree = {
    'kustomization.yaml': `resources: [service.yaml, routes.yaml]
patches:
- patch: |-
    apiVersion: v1
    kind: Service
    metadata: { name: checkuot }
    $patch: delete
`,
    'service.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: checkuot, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }',
    'routes.yaml': shop['base/routes.yaml'].replace('name: checkout', 'name: checkout, namespace: shop'),
  };
  expect(unknownHosts(analyze(filesOf(tree), { world: 'closed' }).diagnostics)).toHaveLength(1);
  const kept = { ...tree, 'kustomization.yaml': 'resources: [service.yaml, routes.yaml]' };
  expect(unknownHosts(analyze(filesOf(kept), { world: 'closed' }).diagnostics)).toEqual([]);
});

test('labels of a kustomization reach pods and selectors alike', () => {
  const tree = {
    'kustomization.yaml': 'resources: [app.yaml, rule.yaml]\nnamespace: shop\nlabels: [{ pairs: { tier: web }, includeSelectors: true }]',
    'app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web }] } }
`,
    'rule.yaml':
      'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: web }\nspec: { selector: { matchLabels: { tier: web } } }',
  };
  const found = analyze(filesOf(tree), { world: 'closed' }).diagnostics.map((it) => it.rule);
  expect(found).not.toContain('istio/selector-matches-nothing');
  const without = { ...tree, 'kustomization.yaml': 'resources: [app.yaml, rule.yaml]\nnamespace: shop' };
  expect(analyze(filesOf(without), { world: 'closed' }).diagnostics.map((it) => it.rule)).toContain('istio/selector-matches-nothing');
});

const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }`;
const routes = shop['base/routes.yaml'].replace('name: checkout', 'name: checkout, namespace: shop');

test('sibling folders of environments with the same files are scopes of their own', () => {
  const tree = {
    'dev/routes.yaml': routes,
    'dev/services.yaml': service('checkuot'),
    'prod/routes.yaml': routes,
    'prod/services.yaml': service('checkout'),
  };
  const found = analyze(filesOf(tree), { world: 'closed' }).diagnostics.filter((it) => it.rule === 'istio/unknown-host');
  expect(found.map((it) => [it.uri, it.scopes])).toEqual([[uri('prod/routes.yaml'), ['prod']]]);
  // What is called otherwise, or holds other things, belongs together.
  const parts = { 'routes/routes.yaml': routes, 'services/services.yaml': service('checkuot') };
  expect(unknownHosts(analyze(filesOf(parts), { world: 'closed' }).diagnostics)).toEqual([]);
});

test('settings can say what is applied together', () => {
  const tree = { 'a/routes.yaml': routes, 'b/services.yaml': service('checkuot') };
  expect(unknownHosts(analyze(filesOf(tree), { world: 'closed' }).diagnostics)).toEqual([]);
  const settings = {
    world: 'closed',
    scopes: [
      { name: 'blue', files: ['a/**'] },
      { name: 'green', files: ['b/**'], namespace: 'shop' },
    ],
    overridesRoot: 'file:///w',
  };
  const { host, diagnostics } = analyze(filesOf(tree), settings);
  expect(host.plan.scopes).toEqual(['scope:blue', 'scope:green']);
  expect(unknownHosts(diagnostics)).toHaveLength(1);
  host.setSettings({ world: 'closed' });
  expect(unknownHosts(diagnosticsOf(host, uri('a/routes.yaml')))).toEqual([]);
});

test('Argo CD and Flux supply the namespace of what states none', () => {
  const bare = shop['base/routes.yaml'];
  const host = createHost();
  const application = (path: string, namespace: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec: { source: { repoURL: r, path: ${path} }, destination: { namespace: ${namespace} } }`;
  host.apply(
    filesOf({
      'argo/shop.yaml': application('apps/plain', 'shop'),
      'argo/chart.yaml': application('charts/web', 'web'),
      'argo/built.yaml': application('apps/built', 'built'),
      'argo/all.yaml':
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: a }\nspec:\n  generators: [{ git: { directories: [{ path: tenants/* }] } }]\n  template: { spec: { source: { path: '{{path}}' }, destination: { namespace: '{{path.basename}}' } } }",
      'flux/ks.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\nspec: { path: ./flux/apps, targetNamespace: forced }',
      'apps/plain/routes.yaml': bare,
      'apps/built/kustomization.yaml': 'resources: [routes.yaml]',
      'apps/built/routes.yaml': bare,
      'charts/web/Chart.yaml': 'name: web',
      'charts/web/templates/routes.yaml': bare,
      'tenants/one/routes.yaml': bare,
      'flux/apps/deep/routes.yaml': routes,
    }),
  );
  const namespaceIn = (path: string): string | undefined => host.file(uri(path))!.slots[0]!.document.built[0]!.resource.namespace;
  expect(
    ['apps/plain', 'apps/built', 'charts/web/templates', 'tenants/one', 'flux/apps/deep'].map((it) => namespaceIn(`${it}/routes.yaml`)),
  ).toEqual(['shop', 'built', 'web', 'one', 'forced']);
  host.apply([{ uri: uri('argo/shop.yaml'), text: undefined }]);
  expect(namespaceIn('apps/plain/routes.yaml')).toBeUndefined();
});

test('a folder that is delivered with all below it, or no longer, is placed anew in all of it', () => {
  const host = createHost();
  const application = (more: string): FileChange => ({
    uri: uri('argo/shop.yaml'),
    text: `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a, namespace: argocd }\nspec: { source: { repoURL: r, path: apps${more} }, destination: { namespace: shop } }`,
  });
  host.apply(filesOf({ 'apps/routes.yaml': shop['base/routes.yaml'], 'apps/deep/routes.yaml': shop['base/routes.yaml'] }));
  const namespaces = (): readonly (string | undefined)[] =>
    ['apps', 'apps/deep'].map((it) => host.file(uri(`${it}/routes.yaml`))!.slots[0]!.document.built[0]!.resource.namespace);
  host.apply([application('')]);
  expect(namespaces()).toEqual(['shop', undefined]);
  host.apply([application(', directory: { recurse: true }')]);
  expect(namespaces()).toEqual(['shop', 'shop']);
  host.apply([application('')]);
  expect(namespaces()).toEqual(['shop', undefined]);
  host.apply([{ uri: uri('argo/shop.yaml'), text: undefined }]);
  expect(namespaces()).toEqual([undefined, undefined]);
});

test('an ApplicationSet takes values from files of the repository, and what is the same in every cluster', () => {
  const bare = shop['base/routes.yaml'];
  const host = createHost();
  const set = (generators: string, path: string, namespace: string): string =>
    `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: a }
spec:
  generators: [${generators}]
  template: { spec: { source: { path: "${path}" }, destination: { namespace: "${namespace}" } } }
`;
  host.apply(
    filesOf({
      'argo/files.yaml': set(
        '{ git: { files: [{ path: teams/*/config.json }] } }',
        'apps/{{path.basename}}-{{ .app.kind }}',
        '{{team.name}}',
      ),
      'argo/clusters.yaml': set('{ clusters: { values: { place: everywhere } } }', 'shared/{{values.place}}', 'shared'),
      'argo/unknown.yaml': set('{ clusters: {} }', 'places/{{name}}', 'other'),
      'argo/open.yaml': set('{ clusters: {} }', 'open', '{{name}}'),
      'argo/both.yaml': set(
        '{ matrix: { generators: [{ clusters: {} }, { git: { directories: [{ path: both/* }] } }] } }',
        '{{path}}',
        '{{path.basename}}',
      ),
      'teams/cart/config.json': '{ "app": { "kind": "web" }, "team": { "name": "green" } }',
      'teams/cart/deep/config.json': '{ "app": { "kind": "deep" }, "team": { "name": "wrong" } }',
      'apps/cart-web/routes.yaml': bare,
      'apps/deep-deep/routes.yaml': bare,
      'apps/orders-web/routes.yaml': bare,
      'shared/everywhere/routes.yaml': bare,
      'places/one/routes.yaml': bare,
      'open/routes.yaml': bare,
      'both/one/routes.yaml': bare,
    }),
  );
  const namespaceIn = (path: string): string | undefined =>
    host.file(uri(`${path}/routes.yaml`))!.slots[0]!.document.built[0]!.resource.namespace;
  expect(
    ['apps/cart-web', 'apps/deep-deep', 'apps/orders-web', 'shared/everywhere', 'places/one', 'open', 'both/one'].map(namespaceIn),
  ).toEqual(['green', undefined, undefined, 'shared', undefined, undefined, 'one']);

  host.apply([{ uri: uri('teams/orders/config.json'), text: '{ "app": { "kind": "web" }, "team": { "name": "blue" } }' }]);
  expect(namespaceIn('apps/orders-web')).toBe('blue');
  host.apply([{ uri: uri('teams/cart/config.json'), text: '{ "app": { "kind": "web" }, "team": { "name": "red" } }' }]);
  expect(namespaceIn('apps/cart-web')).toBe('red');
  host.apply([{ uri: uri('teams/cart/config.json'), text: undefined }]);
  expect(namespaceIn('apps/cart-web')).toBeUndefined();
});
