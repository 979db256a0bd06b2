import type { ScopeId } from '../model/resource.js';
import { folderOf } from '../text/uri.js';
import { fits, KUSTOMIZATION, readKustomization, type Identity, type Kustomization, type Patch } from './kustomize/kustomization.js';

/** How a file takes part in a scope: resources that are applied together. */
export interface Placement {
  /** The folder of the kustomization or chart; empty outside every scope. */
  readonly scope: ScopeId;
  /** Namespace that every namespaced resource of the file gets there; undefined: the one it states itself. */
  readonly namespace: string | undefined;
  /** A Kustomize patch: a fragment of a resource that another file states. */
  readonly isPatch: boolean;
  /** The kustomizations that its resources go through, the innermost first. */
  readonly chain: readonly Kustomization[];
}

/** What is applied together, found from kustomizations and charts. */
export interface ScopePlan {
  /** At least one; the first one is what features show. */
  placementsOf(uri: string): readonly Placement[];
  /** Whether what is in `to` may be applied beside what is in `from`. Scopes that build the same files, or that are environments of one thing, are not. */
  sees(from: ScopeId, to: ScopeId): boolean;
  /** Whether more is applied in a scope than the workspace shows: remote bases, plugins. */
  isOpen(scope: ScopeId): boolean;
  /** Short name of a scope: `prod-eu`. */
  nameOf(scope: ScopeId): string;
  readonly scopes: readonly ScopeId[];
  /** Files of the scopes in which resources take names or values from one another. */
  readonly tied: ReadonlyMap<ScopeId, ReadonlySet<string>>;
  /** Files that the plan is made from, kustomizations and charts aside. */
  readonly inputs: ReadonlySet<string>;
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** Equal for plans that place the same files in the same way. */
  readonly signature: string;
}

const OUTSIDE: readonly Placement[] = [{ scope: '', namespace: undefined, isPatch: false, chain: [] }];

/** The plan of a workspace without kustomizations and charts. */
export const NO_SCOPES: ScopePlan = {
  placementsOf: () => OUTSIDE,
  sees: () => true,
  isOpen: () => false,
  nameOf: () => '',
  scopes: [],
  tied: new Map(),
  inputs: new Set(),
  kustomizations: new Map(),
  signature: '',
};

/** Whether a file decides about scopes by its name. */
export function isScopeFile(uri: string): boolean {
  return KUSTOMIZATION.test(uri) || uri.endsWith('/Chart.yaml');
}

/** Files of a workspace by URI, as far as the plan reads them. */
export interface ScopeInput {
  /** Kustomizations and charts. */
  readonly scopeFiles: Iterable<string>;
  readonly textOf: (uri: string) => string | undefined;
  /** The plan until now: kustomizations whose files are the same are the same objects in both. */
  readonly before?: ScopePlan;
}

export function planScopes({ scopeFiles, textOf, before }: ScopeInput): ScopePlan {
  const kustomizations = new Map<string, Kustomization>();
  const charts = new Set<string>();
  for (const uri of [...scopeFiles].sort()) {
    const text = textOf(uri);
    if (text === undefined) continue;
    const folder = folderOf(uri);
    if (uri.endsWith('/Chart.yaml')) charts.add(folder);
    else kustomizations.set(folder, keptOrRead(uri, text, textOf, before?.kustomizations.get(folder)));
  }
  if (kustomizations.size === 0 && charts.size === 0) return NO_SCOPES;

  const included = new Set<string>();
  for (const { resources, components } of kustomizations.values()) {
    for (const { uri } of [...resources, ...components]) if (uri !== undefined && kustomizations.has(uri)) included.add(uri);
  }
  const builds = [...kustomizations.values()].filter((it) => !included.has(it.folder)).map((root) => scopeOf(root, kustomizations));

  const placements = new Map<string, Placement[]>();
  const tied = new Map<ScopeId, ReadonlySet<string>>();
  const open = new Set<ScopeId>();
  for (const build of builds) {
    for (const placement of build.placements) {
      const list = placements.get(placement.uri);
      if (list) list.push(placement);
      else placements.set(placement.uri, [placement]);
    }
    const levels = new Set(build.placements.flatMap((it) => it.chain));
    if ([...levels].some((it) => it.ties)) tied.set(build.scope, new Set(build.placements.map((it) => it.uri)));
    if ([...levels, kustomizations.get(build.scope)!].some((it) => it.isOpen || it.isOpaque)) open.add(build.scope);
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
      if (chart !== undefined) return [{ scope: chart, namespace: undefined, isPatch: false, chain: [] }];
      return placements.get(uri) ?? OUTSIDE;
    },
    sees: (from, to) => from === '' || to === '' || from === to || !(siblings.get(from)?.has(to) === true || areEnvironments(from, to)),
    isOpen: (scope) => open.has(scope),
    nameOf: (scope) => names.get(scope) ?? '',
    scopes,
    tied,
    inputs: new Set([...kustomizations.values()].flatMap((it) => [...it.inputs.keys()])),
    kustomizations,
    signature: JSON.stringify([
      [...placements].map(([uri, list]) => [uri, list.map((it) => [it.scope, it.isPatch, it.chain.map((level) => level.folder)])]),
      [...charts],
    ]),
  };
}

/** The kustomization as it was read before, where it and the files it names are the same. */
function keptOrRead(
  uri: string,
  text: string,
  textOf: (uri: string) => string | undefined,
  before: Kustomization | undefined,
): Kustomization {
  const isSame =
    before?.origin.uri === uri && before.written === text && [...before.inputs].every(([input, content]) => textOf(input) === content);
  return isSame ? before : readKustomization(uri, text, textOf);
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
  readonly placements: readonly (Placement & { readonly uri: string })[];
}

function scopeOf(root: Kustomization, all: ReadonlyMap<string, Kustomization>): ScopeFiles {
  const placements: (Placement & { readonly uri: string })[] = [];
  const place = (uri: string, chain: readonly Kustomization[], isPatch: boolean): void => {
    // The outermost kustomization that sets a namespace has the last word.
    const namespace = chain.filter((it) => it.namespace).at(-1)?.namespace?.value;
    placements.push({ uri, scope: root.folder, namespace: namespace === undefined ? undefined : String(namespace), isPatch, chain });
  };
  const flatten = (component: Kustomization, path: readonly string[]): readonly Kustomization[] =>
    path.includes(component.folder) ? [] : [...componentsOf(component, [...path, component.folder]), component];
  const componentsOf = ({ components }: Kustomization, path: readonly string[]): readonly Kustomization[] =>
    components.flatMap(({ uri }) => {
      const component = uri === undefined ? undefined : all.get(uri);
      return component ? flatten(component, path) : [];
    });
  const visit = (kustomization: Kustomization, outer: readonly Kustomization[], path: readonly string[]): void => {
    if (path.includes(kustomization.folder)) return; // includes itself: kustomize refuses it, nothing more is to be learned
    const inside = [...path, kustomization.folder];
    const own = [kustomization, ...outer];
    const components = componentsOf(kustomization, inside);
    const parts = [
      { part: kustomization, chain: [...components, ...own] },
      ...components.map((part, i) => ({ part, chain: [...components.slice(i), ...own] })),
    ];
    for (const { part, chain } of parts) {
      for (const { uri } of part.resources) {
        const next = uri === undefined ? undefined : all.get(uri);
        if (next) visit(next, chain, inside);
        else if (uri !== undefined) place(uri, chain, false);
      }
      if (part.generated.length > 0) place(part.origin.uri, part === kustomization ? own : chain, false);
      for (const uri of part.patchFiles) place(uri, chain, true);
    }
  };
  visit(root, [], []);
  // A file that is both a patch and a resource is the resource; the same way twice is one.
  const seen = new Set<string>();
  const kept = placements
    .sort((a, b) => Number(a.isPatch) - Number(b.isPatch))
    .filter((it) => {
      const key = `${it.uri}|${it.isPatch ? '' : it.chain.map((level) => level.folder).join('|')}`;
      if (seen.has(key) || (it.isPatch && placements.some((other) => !other.isPatch && other.uri === it.uri))) return false;
      seen.add(key);
      return true;
    });
  return { scope: root.folder, placements: kept };
}

/** Whether files are placed in the same scopes, along the same way, and changed in the same way but for patches. */
export function isPlacedAlike(a: readonly Placement[], b: readonly Placement[]): boolean {
  return (
    a.length === b.length &&
    a.every((it, i) => {
      const other = b[i]!;
      return (
        it.scope === other.scope &&
        it.namespace === other.namespace &&
        it.isPatch === other.isPatch &&
        it.chain.length === other.chain.length &&
        it.chain.every((level, k) => level === other.chain[k] || isAlike(level, other.chain[k]!))
      );
    })
  );
}

function isAlike(a: Kustomization, b: Kustomization): boolean {
  return a.folder === b.folder && a.key === b.key && a.isOpaque === b.isOpaque;
}

/** What patches that came, went or changed may do to resources on their way. */
export function mayChange(
  before: Placement,
  after: Placement,
): {
  readonly some: boolean;
  readonly of: (stated: Identity, now: { readonly name: string }, patches: ReadonlySet<string>) => boolean;
} {
  const changed: Patch[] = [];
  let isReordered = false;
  after.chain.forEach((level, i) => {
    const old = before.chain[i]!;
    if (level === old) return;
    const oldKeys = old.patches.map((it) => it.key);
    const keys = level.patches.map((it) => it.key);
    const different = [...old.patches.filter((it) => !keys.includes(it.key)), ...level.patches.filter((it) => !oldKeys.includes(it.key))];
    changed.push(...different);
    isReordered ||= different.length === 0 && keys.join() !== oldKeys.join();
  });
  const isRenamed = after.chain.some((it) => it.ties);
  return {
    some: isReordered || changed.length > 0,
    of: (stated, now, patches) =>
      isReordered || changed.some((it) => patches.has(it.key) || mayConcern(it, stated, isRenamed ? undefined : now.name)),
  };
}

/** Whether a patch may be for a resource; without a name now, its names on the way are not known. */
function mayConcern({ target, merge }: Patch, stated: Identity, name: string | undefined): boolean {
  if (target) return fits(target.kind, stated.kind) && (name === undefined || fits(target.name, stated.name) || fits(target.name, name));
  if (merge?.text('kind') !== stated.kind) return false;
  const named = merge.text('metadata.name');
  return name === undefined || named === stated.name || named === name;
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
