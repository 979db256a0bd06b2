import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createHost } from '../../server/src/analysis/analyze.js';
import { diagnosticsOf } from '../../server/src/analysis/diagnostics.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import type { FileChange } from '../../server/src/analysis/state.js';
import type { Settings } from '../../server/src/index/settings.js';
import type { Diagnostic } from '../../server/src/rules/diagnostic.js';
import { splitDocuments } from '../../server/src/yaml/split.js';
import { schemas } from '../support/analyze.js';

// Warm equals cold: after any sequence of edits, the findings are those of a fresh host, to the letter.

const FULL = process.env['FULL'] === '1';
const BUDGET = FULL ? 300_000 : 18_000;
const ROOT = path.join(import.meta.dirname, '../..');
const CORPUS = path.join(ROOT, '../shared/corpus');

type Files = ReadonlyMap<string, string>;

/** Workspaces to start from, each small enough to be checked from scratch after every step. */
const workspaces: readonly { readonly name: string; readonly files: Files }[] = [
  { name: 'nothing', files: new Map() },
  { name: 'the sample shop', files: readFolder(path.join(ROOT, 'examples/adoption-guide')) },
  { name: 'an overlay', files: overlay() },
  { name: 'environments', files: environments() },
  ...corpusFolders(['istio-analyze', 'kiali', 'seed', 'real-world'].map((suite) => path.join(CORPUS, suite))),
];
if (!existsSync(CORPUS)) console.log('incremental: no ../shared/corpus, the sample shop must do');

/** Documents that come from nowhere, and pieces that are pasted anywhere. */
const DOCUMENTS = [
  'apiVersion: v1\nkind: Service\nmetadata: { name: checkout, namespace: shop }\nspec: { selector: { app: checkout }, ports: [{ name: http, port: 8080 }, { name: grpc, port: 9090 }] }\n',
  'apiVersion: v1\nkind: Service\nmetadata: { name: reviews }\nspec: { ports: [{ name: http, port: 80 }] }\n',
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n',
  'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: chekout, namespace: shop }\n',
  'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: other, namespace: shop }\nspec: { host: checkout, subsets: [{ name: v3, labels: { version: v3 } }] }\n',
  'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: all, namespace: shop }\nspec: { hosts: ["*.shop.svc.cluster.local"], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: NONE }\n',
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: more, namespace: shop }\nspec: { hosts: [checkout], http: [{ route: [{ destination: { host: checkout, subset: v9 } }] }] }\n',
  'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default, namespace: istio-system }\nspec: { mtls: { mode: STRICT } }\n',
  'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: { name: cart, namespace: shop }\n- apiVersion: v1\n  kind: Namespace\n  metadata: { name: payments }\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata:\n  mesh: |\n    trustDomain: other.example\n    outboundTrafficPolicy: { mode: REGISTRY_ONLY }\n',
  'just: text\n',
  'apiVersion: v1\nkind: Secret\nmetadata: { name: shop-tls, namespace: istio-ingress }\n',
];
const PIECES = [
  '\n',
  '---\n',
  '...\n',
  ': ',
  '- ',
  '"',
  "'",
  '[',
  '{',
  '}',
  '\t',
  '# ',
  '  ',
  '*a',
  '&a ',
  '{{ x }}',
  '${X}',
  'x',
  'shop',
  'v2',
  'checkout',
  '|\n',
  '\r\n',
  '<<<<<<< ours\n',
];
const SETTINGS: readonly Settings[] = [
  { world: 'closed' },
  { world: 'open' },
  { world: 'open', owns: ['shop', 'pay*'] },
  { world: 'closed', external: ['*.shop.svc.cluster.local'] },
  { world: 'closed', rules: { reference: 'hint', 'istio/unknown-host': 'error' } },
  { world: 'closed', clusterDomain: 'example.internal' },
];

interface Step {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

interface State {
  readonly files: Map<string, string>;
  settings: Settings;
}

type Change = (state: State, step: Step) => void;

/** What happens to workspaces. Numbers choose among what is there, so that any sequence of them makes sense. */
const CHANGES: readonly Change[] = [
  // Paste, or type over.
  (state, { a, b, c }) => onFile(state, a, (text) => splice(text, b, c % 3 === 0 ? c % 9 : 0, pick(PIECES, c) ?? '')),
  // Delete a few characters.
  (state, { a, b, c }) => onFile(state, a, (text) => splice(text, b, c % 30, '')),
  // Delete a line, put one twice, swap two.
  (state, { a, b, c }) =>
    onFile(state, a, (text) => {
      const lines = text.split('\n');
      const at = b % lines.length;
      if (c % 3 === 0) lines.splice(at, 1);
      else if (c % 3 === 1) lines.splice(at, 0, lines[at]!);
      else lines.push(...lines.splice(at, 1));
      return lines.join('\n');
    }),
  // Give a name another meaning: one word of the workspace in place of another.
  (state, { a, b, c }) => {
    const words = [...new Set([...state.files.values()].flatMap((text) => text.match(/[\w*][\w./*-]{1,}/g) ?? []))];
    const word = pick(words, c);
    if (word !== undefined) onFile(state, a, (text) => replaceWord(text, b, word));
  },
  // The same everywhere, as a rename does.
  (state, { b, c }) => {
    const words = [...new Set([...state.files.values()].flatMap((text) => text.match(/[a-z][\w-]{2,}/g) ?? []))];
    const from = pick(words, b);
    const to = pick(words, c);
    if (from !== undefined && to !== undefined) for (const [name, text] of state.files) state.files.set(name, text.replaceAll(from, to));
  },
  // Documents come, go, and change places.
  (state, { a, b }) => onFile(state, a, (text) => `${text}\n---\n${pick(DOCUMENTS, b)!}`),
  (state, { a, b }) =>
    onFile(state, a, (text) =>
      splitDocuments(text)
        .flatMap((it, i, all) => (i === b % all.length ? [] : [it.text]))
        .join(''),
    ),
  (state, { a }) =>
    onFile(state, a, (text) =>
      splitDocuments(text)
        .map((it) => `---\n${it.text.replace(/^---\n/, '')}`)
        .reverse()
        .join('\n'),
    ),
  (state, { a, b, c }) => {
    const from = pick([...state.files.keys()], a);
    const document = from === undefined ? undefined : pick(splitDocuments(state.files.get(from)!), c)?.text;
    if (document !== undefined) onFile(state, b, (text) => `${text}\n---\n${document.replace(/^---\n/, '')}`);
  },
  // Files come, go, and get other names.
  (state, { a, b }) => state.files.set(`new-${a % 5}.yaml`, pick(DOCUMENTS, b)!),
  (state, { a }) => {
    const name = pick([...state.files.keys()], a);
    if (name !== undefined) state.files.delete(name);
  },
  (state, { a, b }) => {
    const name = pick([...state.files.keys()], a);
    if (name === undefined) return;
    const text = state.files.get(name)!;
    state.files.delete(name);
    state.files.set(`moved-${b % 5}.yaml`, text);
  },
  // Another branch: all files are those of another workspace, or some of them.
  (state, { a, b, c }) => {
    const other = pick([...workspaces.values()], a)!;
    if (c % 2 === 0) state.files.clear();
    for (const [name, text] of other.files) if (c % 2 === 0 || (name.length + b) % 3 > 0) state.files.set(name, text);
  },
  // The world changes.
  (state, { a }) => (state.settings = pick(SETTINGS, a)!),
];

const step: fc.Arbitrary<Step> = fc.record({ kind: fc.nat(1000), a: fc.nat(10_000), b: fc.nat(100_000), c: fc.nat(10_000) });

test(
  'after any sequence of edits, creations, deletions and renames the findings are those of a fresh host',
  () => {
    let compared = 0;
    const property = fc.property(fc.nat(10_000), fc.array(step, { minLength: 1, maxLength: 12 }), (start, steps) => {
      const workspace = workspaces[start % workspaces.length]!;
      const state: State = { files: new Map(workspace.files), settings: SETTINGS[0]! };
      const warm = hostOf(
        [...state.files].map(([name, text]) => ({ uri: uriOf(name), text })),
        state.settings,
      );
      warm.work();
      for (const it of steps) {
        const before = new Map(state.files);
        CHANGES[it.kind % CHANGES.length]!(state, it);
        warm.setSettings(state.settings);
        const changes = [...new Set([...before.keys(), ...state.files.keys()])]
          .filter((name) => before.get(name) !== state.files.get(name))
          .map((name) => ({ uri: uriOf(name), text: state.files.get(name), open: it.a % 2 === 0 }));
        if (it.b % 3 === 0) {
          // Another branch: files come one after the other, and the plan follows at the end.
          warm.beginReading();
          for (const change of changes) warm.apply([change]);
          warm.endReading();
        } else warm.apply(changes);
        // A scheduler may be interrupted anywhere.
        let budget = it.b % 5;
        warm.work(() => budget-- <= 0);
        if (it.c % 4 === 0) continue;
        const cold = hostOf(
          [...state.files].sort().map(([name, text]) => ({ uri: uriOf(name), text })),
          state.settings,
        );
        expect(findings(warm, state.files)).toEqual(findings(cold, state.files));
        compared++;
      }
    });
    fc.assert(property, { seed: 20_261_124, numRuns: FULL ? 20_000 : 400, interruptAfterTimeLimit: BUDGET, markInterruptAsFailure: false });
    // How many more depends on the machine.
    expect(compared).toBeGreaterThan(0);
  },
  BUDGET + 60_000,
);

test(
  'a large document that is typed in keeps what was known of it until it is read, and then is as in a fresh host',
  () => {
    let waited = 0;
    const others = DOCUMENTS.filter((it) => it.includes('kind: '));
    const typed = fc.record({
      at: fc.nat(1_000_000),
      remove: fc.nat(8),
      piece: fc.nat(100),
      count: fc.integer({ min: 1, max: 4 }),
      rests: fc.boolean(),
    });
    const property = fc.property(fc.array(typed, { minLength: 2, maxLength: 4 }), fc.nat(100), (steps, other) => {
      const state: State = {
        files: new Map([
          ['large.yaml', large()],
          ['other.yaml', pick(others, other)!],
        ]),
        settings: SETTINGS[0]!,
      };
      const warm = hostOf(
        [...state.files].map(([name, text]) => ({ uri: uriOf(name), text, open: true })),
        state.settings,
      );
      warm.work();
      for (const { at, remove, piece, count, rests } of steps) {
        for (let i = 0; i < count; i++) {
          const before = warm.isWaiting;
          const resources = warm.resourceCount;
          state.files.set('large.yaml', splice(state.files.get('large.yaml')!, at + i, i === 0 ? remove : 0, pick(PIECES, piece + i)!));
          warm.apply([{ uri: uriOf('large.yaml'), text: state.files.get('large.yaml'), open: true }]);
          let budget = at % 5;
          warm.work(() => budget-- <= 0);
          // Whatever is shown meanwhile, it can be shown.
          findings(warm, state.files);
          if (!warm.isWaiting) continue;
          waited++;
          if (!before && !pick(PIECES, piece + i)!.includes('\n')) expect(warm.resourceCount).toBeGreaterThanOrEqual(resources - 1);
        }
        if (rests) warm.work();
      }
      warm.work();
      expect(warm.isWaiting).toBe(false);
      const cold = hostOf(
        [...state.files].map(([name, text]) => ({ uri: uriOf(name), text })),
        state.settings,
      );
      expect(findings(warm, state.files)).toEqual(findings(cold, state.files));
    });
    fc.assert(property, {
      seed: 20_261_125,
      numRuns: FULL ? 2000 : 4,
      interruptAfterTimeLimit: FULL ? BUDGET : 6000,
      markInterruptAsFailure: false,
    });
    expect(waited).toBeGreaterThan(0);
  },
  BUDGET + 60_000,
);

test('what was known of a large document moves along with what is typed, and closing it reads it', () => {
  const text = large();
  const uri = uriOf('large.yaml');
  const host = hostOf([{ uri, text, open: true }], { world: 'closed' });
  host.work();
  const before = diagnosticsOf(host, uri);
  expect(before.length).toBeGreaterThan(0);
  const inserted = '  note: [\n';
  const at = text.indexOf('spec:\n') + 'spec:\n'.length;
  const broken = text.slice(0, at) + inserted + text.slice(at);
  host.apply([{ uri, text: broken, open: true }]);
  host.work(() => false);
  expect(host.isWaiting).toBe(true);
  const meanwhile = diagnosticsOf(host, uri);
  expect(meanwhile.map((it) => it.message)).toEqual(before.map((it) => it.message));
  const shown = (it: readonly Diagnostic[], source: string): readonly string[] =>
    it.map(({ range }) => source.slice(range.start, range.end));
  expect(shown(meanwhile, broken)).toEqual(shown(before, text));
  host.apply([{ uri, text: broken, open: false }]);
  expect(host.isWaiting).toBe(false);
  expect(diagnosticsOf(host, uri)).toEqual(diagnosticsOf(hostOf([{ uri, text: broken }], { world: 'closed' }), uri));
  expect(diagnosticsOf(host, uri).some((it) => it.rule.startsWith('yaml/'))).toBe(true);
});

test('what is told as changed is what changed', () => {
  const files = workspaces[1]!.files;
  const host = hostOf(
    [...files].map(([name, text]) => ({ uri: uriOf(name), text })),
    { world: 'closed' },
  );
  host.work();
  host.takeChanged();
  const before = new Map([...files.keys()].map((name) => [name, diagnosticsOf(host, uriOf(name))]));
  const name = 'shop/checkout-versions.yaml';
  host.apply([{ uri: uriOf(name), text: files.get(name)!.replace('name: v2', 'name: v3') }]);
  host.work();
  const changed = new Set(host.takeChanged());
  for (const it of files.keys()) {
    if (!changed.has(uriOf(it))) expect(diagnosticsOf(host, uriOf(it)), it).toEqual(before.get(it));
  }
  expect(changed.has(uriOf('shop/checkout.yaml')), 'the file that names the subsets').toBe(true);
  expect(changed.size).toBeLessThan(files.size / 2);
});

function hostOf(files: readonly FileChange[], settings: Settings): AnalysisHost {
  const host = createHost({
    schemas,
    onFailure: (what, where, error) => {
      throw new Error(`${what} failed on ${where}`, { cause: error });
    },
  });
  host.setSettings(settings);
  host.apply(files);
  return host;
}

function findings(host: AnalysisHost, files: Files): readonly Diagnostic[] {
  return [...files.keys()].sort().flatMap((name) => diagnosticsOf(host, uriOf(name)));
}

function uriOf(name: string): string {
  return `file:///workspace/${name}`;
}

function onFile({ files }: State, choice: number, change: (text: string) => string): void {
  const name = pick([...files.keys()].sort(), choice);
  if (name !== undefined) files.set(name, change(files.get(name)!));
}

function pick<T>(list: readonly T[], choice: number): T | undefined {
  return list[choice % Math.max(1, list.length)];
}

function splice(text: string, at: number, remove: number, insert: string): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

function replaceWord(text: string, choice: number, word: string): string {
  const found = pick([...text.matchAll(/[\w*][\w./*-]{1,}/g)], choice);
  return found === undefined ? text : text.slice(0, found.index) + word + text.slice(found.index + found[0].length);
}

/** A base that two overlays patch, rename and take values from. */
function overlay(): Files {
  const service = (name: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }\n`;
  return new Map([
    ['base/kustomization.yaml', 'resources:\n- services.yaml\n- routes.yaml\n- app.yaml\n'],
    ['base/services.yaml', `${service('checkout')}---\n${service('reviews')}`],
    [
      'base/routes.yaml',
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: checkout }\nspec:\n  hosts: [checkout]\n  http:\n  - route:\n    - destination: { host: reviews }\n',
    ],
    [
      'base/app.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: checkout }\nspec:\n  selector: { matchLabels: { app: checkout } }\n  template:\n    metadata: { labels: { app: checkout } }\n    spec:\n      serviceAccountName: checkout\n      containers: [{ name: app, image: shop }]\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: checkout }\n',
    ],
    [
      'dev/kustomization.yaml',
      'resources: [../base]\nnamespace: shop\nnamePrefix: web-\nlabels: [{ pairs: { tier: web }, includeSelectors: true }]\npatches:\n- path: patch.yaml\n- target: { kind: Service }\n  patch: |-\n    - op: replace\n      path: /spec/ports/0/name\n      value: tcp\nsecretGenerator: [{ name: shop-tls, literals: [a=b] }]\n',
    ],
    [
      'dev/patch.yaml',
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: checkout }\nspec:\n  http:\n  - route:\n    - destination: { host: web-reviews, subset: v2 }\n',
    ],
    [
      'prod/kustomization.yaml',
      'resources: [../base]\nnamespace: shop\nreplacements:\n- source: { kind: Service, name: checkout, fieldPath: metadata.name }\n  targets:\n  - select: { kind: VirtualService }\n    fieldPaths: [spec.http.0.route.0.destination.host]\n',
    ],
  ]);
}

/** A document that takes long to read once it is broken, between two small ones; some of its hosts are not there. */
function large(): string {
  const route = (i: number): string =>
    `  - match:\n    - uri:\n        prefix: /path-${i}\n    route:\n    - destination:\n        host: ${i % 100 === 7 ? `missing-${i}` : 'checkout'}\n`;
  const routes = Array.from({ length: 670 }, (_, i) => route(i)).join('');
  const virtualService = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: giant\n  namespace: shop\nspec:\n  hosts:\n  - checkout\n  http:\n${routes}`;
  return `${DOCUMENTS[0]!}---\n${virtualService}---\n${DOCUMENTS[2]!}`;
}

/** Folders that are told apart by their names, and by who applies them. */
function environments(): Files {
  const service = (name: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }\n`;
  const routes =
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: checkout }\nspec:\n  hosts: [checkout]\n  http:\n  - route:\n    - destination: { host: reviews }\n';
  return new Map([
    ['dev/routes.yaml', routes],
    ['dev/services.yaml', service('reviews')],
    ['prod/routes.yaml', routes],
    ['prod/services.yaml', service('checkout')],
    [
      'argo/shop.yaml',
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\nspec: { source: { repoURL: r, path: apps/shop }, destination: { namespace: shop } }\n',
    ],
    [
      'flux/ks.yaml',
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: prod, namespace: flux-system }\nspec: { path: ./prod, targetNamespace: live }\n',
    ],
    ['apps/shop/routes.yaml', routes],
    ['chart/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'],
    ['chart/values.yaml', 'host: reviews\n'],
    ['chart/values-prod.yaml', 'host: checkout\n'],
    ['chart/templates/routes.yaml', `${routes.replace('reviews', '{{ .Values.host }}')}---\n${service('checkout')}`],
    ['apps/shop/services.yaml', service('checkout')],
  ]);
}

/** YAML files of a folder that are neither many nor long. */
function readFolder(folder: string): Files {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.ya?ml$/.test(name) || name.includes('.meshwright')) continue;
    const text = readFileSync(path.join(folder, name), 'utf8');
    if (text.length < 20_000 && files.size < 25) files.set(name.replaceAll(path.sep, '/'), text);
  }
  return files;
}

function corpusFolders(suites: readonly string[]): readonly { readonly name: string; readonly files: Files }[] {
  return suites
    .filter((suite) => existsSync(suite))
    .flatMap((suite) => readdirSync(suite, { withFileTypes: true }).flatMap((it) => (it.isDirectory() ? [path.join(suite, it.name)] : [])))
    .map((folder) => ({ name: path.relative(CORPUS, folder), files: readFolder(folder) }))
    .filter(({ files }) => files.size > 0);
}
