import { NO_BUILD, type Build, type ScopeId } from '../model/resource.js';
import { folderOf } from '../text/uri.js';
import { toJson } from '../yaml/json.js';
import type { Json } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { splitDocuments } from '../yaml/split.js';

/** How a file takes part in a scope: resources that are applied together. */
export interface Placement {
  /** The folder of the kustomization or chart; empty outside every scope. */
  readonly scope: ScopeId;
  /** Namespace that every namespaced resource of the file gets there; undefined: the one it states itself. */
  readonly namespace: string | undefined;
  /** A Kustomize patch: a fragment of a resource that another file states. */
  readonly isPatch: boolean;
  /** Names and labels that the kustomizations on the way give it. */
  readonly build: Build;
}

/** What is applied together, found from kustomizations and charts. */
export interface ScopePlan {
  /** At least one; the first one is what features show. */
  placementsOf(uri: string): readonly Placement[];
  /** Whether a patch of a scope changes a resource: what its own file leaves out may be there all the same. */
  isPatched(scope: ScopeId, resource: { readonly kind: string; readonly name: string }): boolean;
  /** Whether what is in `to` may be applied beside what is in `from`. Scopes that build the same files, or that are environments of one thing, are not. */
  sees(from: ScopeId, to: ScopeId): boolean;
  /** Short name of a scope: `prod-eu`. */
  nameOf(scope: ScopeId): string;
  readonly scopes: readonly ScopeId[];
  /** Equal for plans that say the same. */
  readonly signature: string;
  /** Files whose content the plan depends on, kustomizations and charts aside. */
  readonly patchFiles: ReadonlySet<string>;
}

const OUTSIDE: readonly Placement[] = [{ scope: '', namespace: undefined, isPatch: false, build: NO_BUILD }];

/** The plan of a workspace without kustomizations and charts. */
export const NO_SCOPES: ScopePlan = {
  placementsOf: () => OUTSIDE,
  isPatched: () => false,
  sees: () => true,
  nameOf: () => '',
  scopes: [],
  signature: '',
  patchFiles: new Set(),
};

/** Whether a file decides about scopes by its name. */
export function isScopeFile(uri: string): boolean {
  return /\/(?:kustomization\.ya?ml|Kustomization|Chart\.yaml)$/.test(uri);
}

/** Files of a workspace by URI, as far as the plan reads them. */
export interface ScopeInput {
  /** Kustomizations and charts. */
  readonly scopeFiles: Iterable<string>;
  readonly textOf: (uri: string) => string | undefined;
}

interface Kustomization {
  readonly folder: string;
  readonly namespace: string | undefined;
  readonly build: Build;
  /** URIs of files or folders, remote ones left out. */
  readonly resources: readonly string[];
  readonly patchFiles: readonly string[];
  readonly patches: readonly PatchTarget[];
}

/** Which resources a patch changes; a missing name means all of the kind, a missing kind all. */
interface PatchTarget {
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

export function planScopes({ scopeFiles, textOf }: ScopeInput): ScopePlan {
  const kustomizations = new Map<string, Kustomization>();
  const charts = new Set<string>();
  for (const uri of [...scopeFiles].sort()) {
    const text = textOf(uri);
    if (text === undefined) continue;
    const folder = folderOf(uri);
    if (uri.endsWith('/Chart.yaml')) charts.add(folder);
    else kustomizations.set(folder, readKustomization(folder, text));
  }
  if (kustomizations.size === 0 && charts.size === 0) return NO_SCOPES;

  const included = new Set<string>();
  for (const { resources } of kustomizations.values()) for (const it of resources) if (kustomizations.has(it)) included.add(it);
  const builds = [...kustomizations.values()].filter((it) => !included.has(it.folder)).map((root) => scopeOf(root, kustomizations));

  const placements = new Map<string, Placement[]>();
  const patchFiles = new Set<string>();
  const patched = new Map<ScopeId, PatchTarget[]>();
  for (const build of builds) {
    patched.set(build.scope, [...build.patches]);
    for (const [uri, { namespace, isPatch, build: changes }] of build.files) {
      const list = placements.get(uri);
      const placement = { scope: build.scope, namespace, isPatch, build: changes };
      if (list) list.push(placement);
      else placements.set(uri, [placement]);
      if (!isPatch) continue;
      patchFiles.add(uri);
      patched.get(build.scope)!.push(...targetsIn(textOf(uri)));
    }
  }
  const siblings = new Map<ScopeId, Set<ScopeId>>();
  for (const list of placements.values()) {
    for (const { scope } of list) {
      const others = siblings.get(scope) ?? new Set();
      siblings.set(scope, others);
      for (const other of list) others.add(other.scope);
    }
  }
  const scopes = [...builds.map((it) => it.scope), ...charts].sort();
  const names = shortNames(scopes);
  return {
    placementsOf(uri) {
      const chart = chartOf(uri, charts);
      if (chart !== undefined) return [{ scope: chart, namespace: undefined, isPatch: false, build: NO_BUILD }];
      return placements.get(uri) ?? OUTSIDE;
    },
    isPatched: (scope, { kind, name }) =>
      (patched.get(scope) ?? []).some(
        (it) => (it.kind === undefined || it.kind === kind) && (it.name === undefined || matchesName(it.name, name)),
      ),
    sees: (from, to) => from === '' || to === '' || from === to || !(siblings.get(from)?.has(to) === true || areEnvironments(from, to)),
    nameOf: (scope) => names.get(scope) ?? '',
    scopes,
    signature: JSON.stringify([[...placements], [...patched], [...charts]]),
    patchFiles,
  };
}

/** The outermost chart whose templates or CRDs a file is among. */
function chartOf(uri: string, charts: ReadonlySet<string>): string | undefined {
  for (let slash = uri.indexOf('/'); slash >= 0; slash = uri.indexOf('/', slash + 1)) {
    if (!uri.startsWith('/templates/', slash) && !uri.startsWith('/crds/', slash)) continue;
    const folder = uri.slice(0, slash);
    if (charts.has(folder)) return folder;
  }
  return undefined;
}

interface ScopeFiles {
  readonly scope: ScopeId;
  readonly files: ReadonlyMap<string, Omit<Placement, 'scope'>>;
  readonly patches: readonly PatchTarget[];
}

function scopeOf(root: Kustomization, all: ReadonlyMap<string, Kustomization>): ScopeFiles {
  const files = new Map<string, Omit<Placement, 'scope'>>();
  const patches: PatchTarget[] = [];
  const visit = (kustomization: Kustomization, outer: string | undefined, outerBuild: Build, path: readonly string[]): void => {
    if (path.includes(kustomization.folder)) return; // includes itself: kustomize refuses it, nothing more is to be learned
    // The outermost kustomization that sets a namespace has the last word.
    const namespace = outer ?? kustomization.namespace;
    const build = within(outerBuild, kustomization.build);
    patches.push(...kustomization.patches);
    for (const uri of kustomization.patchFiles) files.set(uri, { namespace, isPatch: true, build });
    for (const uri of kustomization.resources) {
      const next = all.get(uri);
      if (next) visit(next, namespace, build, [...path, kustomization.folder]);
      else if (!files.has(uri)) files.set(uri, { namespace, isPatch: false, build });
    }
  };
  visit(root, undefined, NO_BUILD, []);
  return { scope: root.folder, files, patches };
}

function readKustomization(folder: string, text: string): Kustomization {
  const root = parseDocument(splitDocuments(text)[0]!.text).root;
  const tree = root?.type === 'map' ? toJson(root) : {};
  const patchEntries = [...list(tree, 'patches'), ...list(tree, 'patchesJson6902')];
  const merges = list(tree, 'patchesStrategicMerge').filter((it): it is string => typeof it === 'string');
  const isInline = (it: string): boolean => it.includes('\n');
  return {
    folder,
    namespace: textOf(tree, 'namespace'),
    build: buildIn(tree),
    resources: ['resources', 'bases', 'components', 'crds']
      .flatMap((field) => list(tree, field))
      .flatMap((it) => (typeof it === 'string' && !isRemote(it) ? [resolve(folder, it)] : [])),
    patchFiles: [...patchEntries.flatMap((it) => textOf(it, 'path') ?? []), ...merges.filter((it) => !isInline(it))].map((it) =>
      resolve(folder, it),
    ),
    patches: [
      ...patchEntries.flatMap((it): readonly PatchTarget[] => {
        const target = field(it, 'target');
        if (target !== undefined && target !== null) return [{ kind: textOf(target, 'kind'), name: textOf(target, 'name') }];
        return targetsIn(textOf(it, 'patch'));
      }),
      ...merges.filter(isInline).flatMap(targetsIn),
      ...list(tree, 'replacements')
        .flatMap((it) => list(it, 'targets'))
        .map((it) => ({ kind: textOf(field(it, 'select'), 'kind'), name: textOf(field(it, 'select'), 'name') })),
    ],
  };
}

function buildIn(tree: Json): Build {
  const common = labelsIn(field(tree, 'commonLabels'));
  const pairs = list(tree, 'labels').map((it) => ({
    labels: labelsIn(field(it, 'pairs')),
    reachPods: field(it, 'includeSelectors') === true || field(it, 'includeTemplates') === true,
  }));
  return {
    podLabels: { ...common, ...Object.assign({}, ...pairs.filter((it) => it.reachPods).map((it) => it.labels)) },
    labels: { ...common, ...Object.assign({}, ...pairs.map((it) => it.labels)) },
    prefix: textOf(tree, 'namePrefix') ?? '',
    suffix: textOf(tree, 'nameSuffix') ?? '',
  };
}

function labelsIn(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}

/** What is left of two kustomizations, the outer one's changes made last. */
function within(outer: Build, inner: Build): Build {
  return {
    podLabels: { ...inner.podLabels, ...outer.podLabels },
    labels: { ...inner.labels, ...outer.labels },
    prefix: outer.prefix + inner.prefix,
    suffix: inner.suffix + outer.suffix,
  };
}

/** The resources that a strategic merge patch names. */
function targetsIn(text: string | undefined): readonly PatchTarget[] {
  if (text === undefined) return [];
  return splitDocuments(text).flatMap((document) => {
    const root = parseDocument(document.text).root;
    const kind = root?.text('kind');
    return kind === undefined ? [] : [{ kind, name: root!.text('metadata.name') }];
  });
}

/** Names of patch targets are anchored regular expressions. */
function matchesName(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(name);
  } catch {
    return false;
  }
}

function field(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;
}

function list(value: Json | undefined, name: string): readonly Json[] {
  const found = field(value, name);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

function textOf(value: Json | undefined, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function isRemote(entry: string): boolean {
  return entry.includes('://') || entry.includes('?ref=') || entry.startsWith('git@') || /^[\w-]+(?:\.[\w-]+)+\/[^/]+\/[^/]+/.test(entry);
}

/** A path of a kustomization as a URI. */
function resolve(folder: string, path: string): string {
  const parts = folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') parts.pop();
    else parts.push(encodeURI(step));
  }
  return parts.join('/');
}

/** Words that tell environments and regions apart in paths. */
const ENVIRONMENT =
  /^(?:(?:dev|development|test|testing|tst|qa|uat|int|integration|stage|staging|stg|pre|preprod|prod|prd|production|live|sandbox|demo|local|preview|nonprod|[a-z]{2}(?:-[a-z]+)?-?\d{0,2}|(?:us|eu|ap|sa|ca|me|af)-[a-z]+-?\d)(?:$|[-_.]))+/;

/** Whether two folders are one thing in two environments: they differ in one step, and it is below `overlays`, or both steps name one. */
function areEnvironments(a: string, b: string): boolean {
  const left = a.split('/');
  const right = b.split('/');
  if (left.length !== right.length) return false;
  const differing = left.flatMap((step, i) => (step === right[i] ? [] : [i]));
  if (differing.length !== 1) return false;
  const at = differing[0]!;
  if (/^(?:overlays?|environments?|envs?|clusters?|regions?|variants?)$/.test(left[at - 1] ?? '')) return true;
  return ENVIRONMENT.test(left[at]!) && ENVIRONMENT.test(right[at]!);
}

/** The last steps of each folder, as many as it takes to tell them apart. */
function shortNames(scopes: readonly ScopeId[]): ReadonlyMap<ScopeId, string> {
  const names = new Map<ScopeId, string>();
  for (let steps = 1; names.size < scopes.length && steps < 12; steps++) {
    const byName = new Map<string, ScopeId[]>();
    for (const scope of scopes) {
      if (names.has(scope)) continue;
      const name = scope.split('/').slice(-steps).join('/');
      byName.set(name, [...(byName.get(name) ?? []), scope]);
    }
    for (const [name, owners] of byName) if (owners.length === 1) names.set(owners[0]!, decodeURI(name));
  }
  return names;
}
