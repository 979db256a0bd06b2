import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createHost } from '../../server/src/analysis/analyze.js';
import { diagnosticSources, fixesOf } from '../../server/src/analysis/diagnostics.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import type { PreparedFile } from '../../server/src/analysis/prepared.js';
import { Packer, Unpacker } from '../../server/src/hosts/packed.js';
import type { Settings } from '../../server/src/index/settings.js';
import { schemas } from '../support/analyze.js';

// Documents that another thread prepared are as those that a host reads by itself, in all that anybody sees of them.

const ROOT = path.join(import.meta.dirname, '../..');
const CORPUS = path.join(ROOT, '../shared/corpus');
const suites = existsSync(CORPUS) ? readdirSync(CORPUS, { withFileTypes: true }).filter((it) => it.isDirectory()) : [];
if (suites.length === 0) console.log('prepared: no ../shared/corpus, the examples must do');

test.each(['examples', ...suites.map((it) => it.name)])(
  'what is prepared makes no difference in %s',
  (suite) => {
    const folder = suite === 'examples' ? path.join(ROOT, 'examples') : path.join(CORPUS, suite);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) expectEqual(filesIn(path.join(folder, entry.name)), {}, `${suite}/${entry.name}`);
    }
  },
  180_000,
);

test('most of what manifests state is prepared', () => {
  const files = filesIn(path.join(ROOT, 'examples/adoption-guide'));
  const preparer = createHost({ schemas });
  const documents = files.flatMap(({ uri, text }) => preparer.prepare(uri, text).documents);
  expect(documents.filter((it) => it?.resources.length === 1).length / documents.length).toBeGreaterThan(0.9);
});

test('other schemas than those that prepared, by settings or CRDs of the workspace, judge anew', () => {
  const route = file(
    'route.yaml',
    'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: shop, namespace: shop }\nspec:\n  parentRefs: [{ name: shop }]\n  rules:\n  - retry: { attempts: 2 }\n',
  );
  expectEqual([route], { 'gateway-api': { channel: 'experimental' } }, 'another channel', {});
  const crd = file(
    'crd.yaml',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: carts.shop.example }\nspec:\n  group: shop.example\n  names: { kind: Cart, plural: carts }\n  scope: Namespaced\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n          spec:\n            type: object\n            properties: { size: { type: integer } }\n',
  );
  const cart = file('cart.yaml', 'apiVersion: shop.example/v1\nkind: Cart\nmetadata: { name: cart, namespace: shop }\nspec: { sise: 3 }\n');
  const found = expectEqual([crd, cart], {}, 'a kind of the workspace');
  expect(found.some((it) => it.includes('schema/unknown-field'))).toBe(true);
  expectEqual([cart, crd], {}, 'a kind of the workspace that comes later');
});

test('rules that are off by default look at what was prepared once settings name one', () => {
  const policy = file(
    'policy.yaml',
    'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: cart, namespace: shop }\nspec: { rules: [{}] }\n',
  );
  const named: Settings = { rules: { 'istio/enforced-without-dry-run': 'hint' } };
  const found = expectEqual([policy], named, 'a rule that only this host was asked for', {});
  expect(found.some((it) => it.includes('istio/enforced-without-dry-run'))).toBe(true);
  expectEqual([policy], {}, 'a rule that only the other one was asked for', named);
  for (const host of [taking([policy], {}, {}), reading([policy], {})]) {
    expect(shown(host, [policy])).not.toEqual(found);
    host.setSettings(named);
    expect(shown(host, [policy])).toEqual(found);
    host.setSettings({});
    expect(shown(host, [policy])).not.toEqual(found);
  }
});

test('an edit of a prepared document is an edit', () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { ports: [{ name: http, port: 80 }] }\n';
  const user =
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart, namespace: shop }\nspec: { hosts: [cart], http: [{ route: [{ destination: { host: cart } }] }] }\n';
  const files = [file('service.yaml', text), file('route.yaml', user)];
  const host = taking(files, {}, {});
  const before = shown(host, files);
  const renamed = file('service.yaml', text.replace('name: cart,', 'name: basket,'));
  host.apply([renamed]);
  const after = shown(host, files);
  expect(after).not.toEqual(before);
  expect(after).toEqual(shown(reading([renamed, files[1]!], {}), files));
  host.apply([files[0]!]);
  expect(shown(host, files)).toEqual(before);
});

test.each([
  ['that gives a namespace', 'namespace: shop\n'],
  ['that gives a namespace by a template', 'namespace: ${NAMESPACE}\n'],
  ['that gives another namespace', 'namespace: store\n'],
  ['that gives a namespace and a label', 'namespace: shop\ncommonLabels: { team: shop }\n'],
  ['that gives a namespace and a name', 'namespace: shop\nnamePrefix: new-\n'],
  ['that gives a namespace and patches', 'namespace: shop\npatches: [{ patch: "{ kind: Service, metadata: { name: cart } }" }]\n'],
])('what lies in a kustomization %s is as it makes it', (_, written) => {
  const kustomization = (path: string, text: string): File => file(`${path}kustomization.yaml`, text);
  const all = file(
    'shop/all.yaml',
    [
      'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { selector: { app: cart }, ports: [{ port: 80 }] }',
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }',
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }',
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart }\nspec: { hosts: [cart], http: [{ route: [{ destination: { host: crat } }] }] }',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: cart, namespace: shop }\nsubjects: [{ kind: ServiceAccount, name: default, namespace: other }]',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: cart }\nsubjects: [{ kind: ServiceAccount, name: default }]',
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: cart, namespace: store }',
    ].join('\n---\n'),
  );
  const own = file('shop/own.yaml', 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: bill, namespace: shop }\n');
  const lists = 'resources: [all.yaml, own.yaml]\n';
  const files = [kustomization('shop/', lists + written), all, own];
  expectEqual(files, {}, 'one kustomization');
  expectEqual([kustomization('', 'resources: [shop]\nnamespace: shop\n'), ...files], {}, 'one within another');
  expectEqual([kustomization('', 'resources: [shop]\nnamespace: far\n'), ...files], {}, 'one within another that gives another namespace');
});

test('what lies in a kustomization that gives it the namespace that it has is prepared', () => {
  const account = file('shop/own.yaml', 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: bill, namespace: shop }\n');
  const prepared = createHost({ schemas }).prepare(account.uri, account.text);
  const [resource] = prepared.documents[0]!.resources;
  const marks = { ...resource!.marks, labels: new Map([['of', 'another thread']]) };
  const told = { ...prepared, documents: [{ ...prepared.documents[0]!, resources: [{ ...resource!, marks }] }] };
  const host = createHost({ schemas });
  host.apply([file('shop/kustomization.yaml', 'resources: [own.yaml]\nnamespace: shop\n')]);
  host.apply([{ ...account, prepared: told }]);
  expect([...host.file(account.uri)!.slots[0]!.document.resources[0]!.resource.labels.values()]).toEqual(['another thread']);
});

interface File {
  readonly uri: string;
  readonly text: string;
}

function file(name: string, text: string): File {
  return { uri: `file:///prepared/${name}`, text };
}

function expectEqual(files: readonly File[], settings: Settings, name: string, prepares: Settings = settings): readonly string[] {
  const [taken, read] = [taking(files, settings, prepares), reading(files, settings)];
  expect(factsOf(taken), name).toEqual(factsOf(read));
  const found = shown(read, files);
  expect(shown(taken, files), name).toEqual(found);
  return found;
}

/** A host that takes over what another one prepared, file by file as at a start. */
function taking(files: readonly File[], settings: Settings, prepares: Settings): AnalysisHost {
  const preparer = createHost({ schemas });
  preparer.setSettings(prepares);
  const host = createHost({ schemas });
  host.setSettings(settings);
  host.beginReading();
  for (const { uri, text } of files) host.apply([{ uri, text, prepared: sent(preparer.prepare(uri, text)) }]);
  host.endReading();
  return host;
}

/** As it comes from another thread. */
function sent(prepared: PreparedFile): PreparedFile {
  return new Unpacker().unpack(structuredClone(new Packer().pack([prepared])))[0]!;
}

function reading(files: readonly File[], settings: Settings): AnalysisHost {
  const host = createHost({ schemas });
  host.setSettings(settings);
  host.apply(files);
  return host;
}

function factsOf(host: AnalysisHost) {
  return [...host.files()].flatMap(({ uri, slots }) =>
    slots.flatMap(({ start, document }) => [
      [uri, start, document.foreign, document.resources.map((it) => it.resource.id)],
      ...document.built.map(({ resource, kind, facts, stated, segments }) => [
        resource.id,
        kind?.kind,
        resource.apiVersion,
        resource.labels,
        resource.annotations,
        resource.partial,
        facts,
        [stated.kind, stated.namespace, stated.name],
        segments.length,
        host.isOpen(resource.scope),
      ]),
    ]),
  );
}

function shown(host: AnalysisHost, files: readonly File[]): readonly string[] {
  return files.flatMap(({ uri }) =>
    diagnosticSources(host, uri).map((source) => {
      const { rule, severity, message, range, peers, path: at } = source.diagnostic;
      const fixes = fixesOf(host, source).map((it) => `${it.title} ${JSON.stringify(it.edits)}`);
      return `${uri}:${range.start}-${range.end} ${at} ${severity} ${rule} ${peers.join()} ${message} ${fixes.join()}`;
    }),
  );
}

function filesIn(folder: string): readonly File[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((it) => /\.(ya?ml|json)$/.test(it) && !/(^|\/)case\.json$/.test(it))
    .sort()
    .slice(0, 400)
    .map((it) => ({ uri: `file:///corpus/${it}`, text: readFileSync(path.join(folder, it), 'utf8') }));
}
