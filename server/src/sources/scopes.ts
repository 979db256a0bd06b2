import type { ScopeId } from '../model/resource.js';
import { glob } from '../text/globs.js';
import { folderOf } from '../text/uri.js';
import { parseDocument } from '../yaml/parse.js';
import { splitDocuments } from '../yaml/split.js';
import { candidatesFor, deliveriesIn, type ConfigReader, type Delivery, type Install } from './deliveries.js';
import { helmValues, subchartValues, type HelmValues } from './helm.js';
import {
  fits,
  KUSTOMIZATION,
  readKustomization,
  resolvePath,
  type Identity,
  type Kustomization,
  type LinkReader,
  type Listed,
  type Patch,
} from './kustomize/kustomization.js';

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
  /** Whether the namespace replaces the one that a resource states. */
  readonly forces?: boolean;
  /** What simple paths of a chart's template stand for. */
  readonly values?: HelmValues;
}

/** What is applied together, found from kustomizations and charts. */
export interface ScopePlan {
  /** At least one; the first one is what features show. */
  placementsOf(uri: string): readonly Placement[];
  /** Whether what is in `to` may be applied beside what is in `from`. Scopes that build the same files, or that are environments of one thing, are not. */
  sees(from: ScopeId, to: ScopeId): boolean;
  /** Whether more is applied in a scope than the workspace shows: remote bases, plugins. */
  isOpen(scope: ScopeId): boolean;
  /** Whether a kustomization may be for resources that are not at hand: those of a remote base, or for a component of a kustomization elsewhere. */
  hidesResources(kustomization: Kustomization): boolean;
  /** Files that are built together with a kustomization's, there or not. */
  partsOf(kustomization: Kustomization): ReadonlySet<string>;
  /** Short name of a scope: `prod-eu`. */
  nameOf(scope: ScopeId): string;
  readonly scopes: readonly ScopeId[];
  /** Files of the scopes in which resources take names or values from one another. */
  readonly tied: ReadonlyMap<ScopeId, ReadonlySet<string>>;
  /** Charts as they are installed, each in its scope. */
  readonly charts: readonly ChartInstall[];
  /** Files that the plan is made from, kustomizations and charts aside. */
  readonly inputs: ReadonlySet<string>;
  /** Folders that matter by being there. */
  readonly watched: ReadonlySet<string>;
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** Scopes that hold a file of a scope, too, and so are never applied beside it; those without any are left out. */
  readonly rivals: ReadonlyMap<ScopeId, ReadonlySet<ScopeId>>;
  /** Files that may be placed in another way than in a plan before this one. */
  movedSince(before: ScopePlan): Moved;
  /** What the next plan is made with. */
  readonly parts: PlanParts;
}

/** Files by their names, all files below some folders, and those right in others; undefined: any file. */
export type Moved =
  { readonly files: ReadonlySet<string>; readonly folders: readonly string[]; readonly shallow: readonly string[] } | undefined;

/** What a plan is put together from. Parts of the plan before serve again where what they were made from is the same. */
interface PlanParts {
  readonly builds: ReadonlyMap<ScopeId, Build>;
  /** Files that kustomizations build or patch with. */
  readonly placed: ReadonlyMap<string, readonly Placement[]>;
  readonly charts: ReadonlyMap<string, readonly Placement[]>;
  readonly plain: ReadonlyMap<string, Supply>;
  readonly named: readonly NamedScope[];
  readonly kept: ReadonlyMap<string, Kept>;
}

/** Something made, and all that it was made from. */
interface Kept {
  readonly from: readonly unknown[];
  readonly value: unknown;
}

/** A chart of the workspace as a scope installs it. */
export interface ChartInstall {
  readonly scope: ScopeId;
  /** Folder of the chart. */
  readonly chart: string;
  /** Texts with values, later ones over earlier ones and over those of the chart itself. */
  readonly values: readonly string[];
  readonly namespace: string | undefined;
  readonly release: string | undefined;
}

const NO_FILES: ReadonlySet<string> = new Set();
const NO_PARTS: PlanParts = { builds: new Map(), placed: new Map(), charts: new Map(), plain: new Map(), named: [], kept: new Map() };
const OUTSIDE: readonly Placement[] = [{ scope: '', namespace: undefined, isPatch: false, chain: [] }];

/** The plan of a workspace without kustomizations and charts. */
export const NO_SCOPES: ScopePlan = {
  placementsOf: () => OUTSIDE,
  sees: () => true,
  isOpen: () => false,
  hidesResources: () => false,
  partsOf: () => NO_FILES,
  nameOf: () => '',
  scopes: [],
  tied: new Map(),
  charts: [],
  inputs: new Set(),
  watched: new Set(),
  kustomizations: new Map(),
  rivals: new Map(),
  movedSince: (before) => movedBetween(before.parts, NO_PARTS),
  parts: NO_PARTS,
};

/** Whether a file decides about scopes by its name. */
export function isScopeFile(uri: string): boolean {
  return KUSTOMIZATION.test(uri) || uri.endsWith('/Chart.yaml');
}

/** Whether what is applied together is known better once a file is read, by its name: such files are read before others, which then are placed once. */
export function isReadFirst(uri: string): boolean {
  return isScopeFile(uri) || isValuesFile(uri);
}

/** Files of a workspace by URI, as far as the plan reads them. */
export interface ScopeInput {
  /** Kustomizations and charts. */
  readonly scopeFiles: Iterable<string>;
  readonly textOf: (uri: string) => string | undefined;
  /** Files that are called as values of charts are. */
  readonly valuesFiles?: Iterable<string>;
  /** Files with objects of Argo CD or Flux. */
  readonly deliveryFiles?: Iterable<string>;
  readonly hasFolder?: (uri: string) => boolean;
  readonly endOfLink?: LinkReader | undefined;
  /** Folders right below one. */
  readonly foldersIn?: (uri: string) => Iterable<string>;
  /** Files anywhere below a folder. */
  readonly filesBelow?: (uri: string) => Iterable<string>;
  /** Folders that are called as environments are, with the paths of files below them. */
  readonly environments?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Scopes as settings name them, each with a test for URIs; undefined: settings say nothing. */
  readonly named?: readonly NamedScope[] | undefined;
  /** The plan until now: kustomizations whose files are the same are the same objects in both. */
  readonly before?: ScopePlan;
}

/** A scope that settings name. */
export interface NamedScope {
  readonly name: string;
  /** Of what states none. */
  readonly namespace: string | undefined;
  readonly includes: (uri: string) => boolean;
  /** Equal for scopes that include the same. */
  readonly key: string;
}

export function planScopes(input: ScopeInput): ScopePlan {
  const { scopeFiles, textOf, before = NO_SCOPES, named = [], endOfLink } = input;
  const keeper = new Keeper(before.parts.kept);
  const kustomizations = new Map<string, Kustomization>();
  const charts = new Set<string>();
  for (const uri of [...scopeFiles].sort()) {
    const text = textOf(uri);
    if (text === undefined) continue;
    const folder = folderOf(uri);
    if (uri.endsWith('/Chart.yaml')) charts.add(folder);
    else kustomizations.set(folder, keptOrRead(uri, text, textOf, endOfLink, before.kustomizations.get(folder)));
  }
  const { delivered, watched, inputs } = deliver(input, kustomizations, keeper);
  const plain = plainScopes(input, delivered, (it) => kustomizations.has(it) || charts.has(it));
  if (kustomizations.size === 0 && charts.size === 0 && plain.size === 0 && named.length === 0) return { ...NO_SCOPES, watched, inputs };

  const builds = buildsOf(kustomizations, delivered, before);
  const placed = new Map<string, readonly Placement[]>();
  for (const build of builds.values()) {
    for (const [uri, list] of build.placements) {
      const known = placed.get(uri);
      placed.set(uri, known ? [...known, ...list] : list);
    }
  }
  const rivals = new Map<ScopeId, Set<ScopeId>>();
  const areRivals = (list: readonly Placement[]): void => {
    if (list.length < 2) return;
    for (const { scope } of list) {
      const others = rivals.get(scope) ?? new Set();
      rivals.set(scope, others);
      for (const other of list) others.add(other.scope);
    }
  };
  for (const list of placed.values()) areRivals(list);
  const { placements: chartPlacements, installs, open: openCharts } = chartsOf(charts, delivered, input, keeper);
  for (const [chart, list] of chartPlacements) if (outerChart(chart, charts) === undefined) areRivals(list);
  const open = new Set([...[...builds.values()].flatMap((it) => (it.isOpen ? it.scope : [])), ...openCharts]);
  const chartScopes = [...chartPlacements].flatMap(([chart, list]) =>
    outerChart(chart, charts) === undefined ? list.map((it) => it.scope) : [],
  );
  const folders = [...new Set([...builds.keys(), ...chartScopes, ...plain.keys()])].sort();
  const names = keeper.keep(
    'names',
    [named.length, ...named.map((it) => it.name), ...folders],
    () => new Map([...named.map((it) => [NAMED + it.name, it.name] as const), ...shortNames(folders)]),
  );
  const buildersOf = new Map<Kustomization, Build[]>();
  for (const build of builds.values()) {
    for (const level of build.levels) {
      const list = buildersOf.get(level);
      if (list) list.push(build);
      else buildersOf.set(level, [build]);
    }
  }
  const inFolder = new Map<string, PlacesInFolder>();
  const parts: PlanParts = { builds, placed, charts: chartPlacements, plain, named, kept: keeper.kept };
  return {
    placementsOf(uri) {
      const folder = folderOf(uri);
      let places = inFolder.get(folder);
      if (places === undefined) inFolder.set(folder, (places = placesIn(folder, chartPlacements, plain)));
      if (places.ofChart) return places.ofChart;
      const built = placed.get(uri);
      if (built) return built;
      const chosen = named.filter((it) => it.includes(uri));
      if (chosen.length > 0) return chosen.map(({ name, namespace }) => ({ scope: NAMED + name, namespace, isPatch: false, chain: [] }));
      return places.others;
    },
    sees: seesBut(rivals),
    isOpen: (scope) => open.has(scope),
    hidesResources: (it) => it.isComponent || buildersOf.get(it)?.some((build) => build.isOpen) === true,
    partsOf(it) {
      const [only, ...others] = buildersOf.get(it) ?? [];
      if (others.length === 0) return only?.parts ?? NO_FILES;
      return new Set([only!, ...others].flatMap((build) => [...build.parts]));
    },
    nameOf: (scope) => names.get(scope) ?? '',
    scopes: [...named.map((it) => NAMED + it.name), ...folders],
    tied: new Map([...builds.values()].flatMap(({ scope, tied }) => (tied ? [[scope, tied] as const] : []))),
    charts: installs,
    watched,
    inputs: new Set([...inputs, ...[...kustomizations.values()].flatMap((it) => [...it.inputs.keys()])]),
    kustomizations,
    rivals,
    movedSince: (earlier) => movedBetween(earlier.parts, parts),
    parts,
  };
}

/** Keeps what was made from the same things as the last time. */
class Keeper {
  readonly #before: ReadonlyMap<string, Kept>;
  readonly kept = new Map<string, Kept>();

  constructor(before: ReadonlyMap<string, Kept>) {
    this.#before = before;
  }

  /** `isAll` tells, after making it, whether it was made from nothing else. */
  keep<T>(name: string, from: readonly unknown[], make: () => T, isAll = (): boolean => true): T {
    const before = this.#before.get(name);
    const isSame = before?.from.length === from.length && from.every((it, i) => it === before.from[i]);
    const kept = isSame ? before : { from, value: make() };
    if (isAll()) this.kept.set(name, kept);
    return kept.value as T;
  }
}

/** Where the files of a folder are that no kustomization places. */
interface PlacesInFolder {
  /** Of templates and CRDs of a chart, kustomizations or not. */
  readonly ofChart: readonly Placement[] | undefined;
  readonly others: readonly Placement[];
}

function placesIn(folder: string, charts: ReadonlyMap<string, readonly Placement[]>, plain: ReadonlyMap<string, Supply>): PlacesInFolder {
  const chart = chartOf(`${folder}/`, charts);
  if (chart !== undefined) {
    const list = charts.get(chart)!;
    const ofChart = `${folder}/`.startsWith(`${chart}/templates/`) ? list : [withoutValues(list[0]!)];
    return { ofChart, others: OUTSIDE };
  }
  for (let at = folder; plain.size > 0 && at.includes('/'); at = folderOf(at)) {
    const found = plain.get(at);
    if (found && (found.recurses || at === folder)) {
      const place = { scope: at, isPatch: false, chain: [], namespace: found.namespace, ...(found.forces && { forces: true }) };
      return { ofChart: undefined, others: [place] };
    }
  }
  return { ofChart: undefined, others: OUTSIDE };
}

function seesBut(rivals: ReadonlyMap<ScopeId, ReadonlySet<ScopeId>>): ScopePlan['sees'] {
  return (from, to) =>
    from === '' ||
    to === '' ||
    from === to ||
    // Settings name scopes to keep them apart.
    !(rivals.get(from)?.has(to) === true || areEnvironments(from, to) || (from.startsWith(NAMED) && to.startsWith(NAMED)));
}

function movedBetween(before: PlanParts, after: PlanParts): Moved {
  if (before.named.length !== after.named.length || before.named.some((it, i) => it.key !== after.named[i]!.key)) return undefined;
  const files = new Set<string>();
  for (const [uri, list] of after.placed) if (!isSameList(before.placed.get(uri), list)) files.add(uri);
  for (const uri of before.placed.keys()) if (!after.placed.has(uri)) files.add(uri);
  const folders = new Set<string>();
  for (const [chart, list] of after.charts) {
    const old = before.charts.get(chart);
    if (old !== list && (old === undefined || !isPlacedAlike(old, list))) folders.add(chart);
  }
  for (const chart of before.charts.keys()) if (!after.charts.has(chart)) folders.add(chart);
  const describe = (it: Supply | undefined): string => JSON.stringify(it && [it.namespace, it.forces, it.recurses]);
  const shallow = new Set<string>();
  for (const folder of [...before.plain.keys(), ...after.plain.keys()]) {
    const [old, now] = [before.plain.get(folder), after.plain.get(folder)];
    if (describe(old) !== describe(now)) (old?.recurses || now?.recurses ? folders : shallow).add(folder);
  }
  return { files, folders: [...folders], shallow: [...shallow] };
}

function isSameList<T>(a: readonly T[] | undefined, b: readonly T[]): boolean {
  return a === b || (a?.length === b.length && a.every((it, i) => it === b[i]));
}

/** Before the names of scopes that settings name, where others have their folder. */
const NAMED = 'scope:';

/** What somebody who applies a folder says of it. */
interface Supply {
  readonly namespace: string | undefined;
  readonly forces: boolean;
  readonly recurses: boolean;
  /** Of a chart: as what it is installed, each time. */
  readonly releases?: readonly Release[];
}

interface Release {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Texts with values; undefined: some of them are not known. */
  readonly values: readonly string[] | undefined;
}

/** Folders that Argo CD and Flux apply, and those whose coming would change that. */
function deliver(
  { deliveryFiles = [], textOf, hasFolder = () => false, foldersIn = () => [], filesBelow = () => [] }: ScopeInput,
  kustomizations: ReadonlyMap<string, Kustomization>,
  keeper: Keeper,
): {
  readonly delivered: ReadonlyMap<string, Supply>;
  readonly watched: ReadonlySet<string>;
  /** Files with values that installs of charts name. */
  readonly inputs: ReadonlySet<string>;
} {
  const delivered = new Map<string, Supply>();
  const watched = new Set<string>();
  const inputs = new Set<string>();
  const read = (uri: string): string | undefined => {
    inputs.add(uri);
    return textOf(uri);
  };
  const configsFrom = (uri: string) => (pattern: string) => {
    const steps = pattern.split('/').filter((it) => it !== '' && it !== '.');
    const first = steps.findIndex((it) => /[*?[{]/.test(it));
    const fixed = first < 0 ? steps.slice(0, -1) : steps.slice(0, first);
    // Without a folder to look for, the root of the repository could be anywhere.
    if (fixed.length === 0) return [];
    const candidates = candidatesFor(uri, fixed.join('/'));
    for (const it of candidates) watched.add(it);
    const folder = candidates.find(hasFolder);
    if (folder === undefined) return [];
    const isMeant = glob(steps.slice(fixed.length).join('/'));
    return [...new Set(filesBelow(folder))].sort().flatMap((file) => {
      const below = decodeURI(file.slice(folder.length + 1));
      const text = isMeant(below) ? read(file) : undefined;
      return text === undefined ? [] : [{ path: [...fixed, below].join('/'), text }];
    });
  };
  const readDeliveries = (uri: string): readonly Delivery[] => {
    const text = textOf(uri) ?? '';
    // Where files elsewhere fill in some of it, the text does not tell all.
    let isAlone = true;
    const configs: ConfigReader = (pattern) => {
      isAlone = false;
      return configsFrom(uri)(pattern);
    };
    return keeper.keep(
      `deliveries ${uri}`,
      [text],
      () => deliveriesIn(text, configs),
      () => isAlone,
    );
  };
  for (const uri of [...deliveryFiles].sort()) {
    for (const { path, isPattern, namespace, forces, recurses, install } of readDeliveries(uri)) {
      const candidates = candidatesFor(uri, isPattern ? path.slice(0, -2) : path);
      for (const it of candidates) watched.add(it);
      const folder = candidates.find(hasFolder);
      if (folder === undefined) continue;
      for (const it of isPattern ? [...foldersIn(folder)].sort() : [folder]) {
        const supplied = namespace === '$name' ? decodeURI(it.slice(it.lastIndexOf('/') + 1)) : namespace;
        const known = delivered.get(it);
        // Two that apply it to different namespaces leave open which one it is.
        const isKnown = known === undefined || known.namespace === supplied;
        const release = install && releaseOf(install, supplied, it, uri, kustomizations, read);
        delivered.set(it, {
          releases: [...(known?.releases ?? []), ...(release ? [release] : [])],
          namespace: isKnown ? supplied : undefined,
          forces: isKnown && forces,
          recurses: recurses || known?.recurses === true,
        });
      }
    }
  }
  return { delivered, watched, inputs };
}

/** How a chart is installed, with the texts of its values. */
function releaseOf(
  { release, values, hidesValues }: Install,
  namespace: string | undefined,
  chart: string,
  installer: string,
  kustomizations: ReadonlyMap<string, Kustomization>,
  read: (uri: string) => string | undefined,
): Release {
  const texts = values.map((it) => {
    if ('text' in it) return it.text;
    if ('file' in it) return read(resolvePath(chart, it.file));
    const folder = folderOf(installer);
    return (
      configMapValue([installer, ...(kustomizations.get(folder)?.resources ?? []).flatMap(({ uri }) => uri ?? [])], it, read) ??
      generatedValue(kustomizations.get(folder), it, read)
    );
  });
  const known = texts.filter((it) => it !== undefined);
  const name = release?.replaceAll('$name', decodeURI(chart.slice(chart.lastIndexOf('/') + 1)));
  return { namespace, name, values: hidesValues || known.length < texts.length ? undefined : known };
}

interface ConfigMapKey {
  readonly configMap: string;
  readonly key: string;
}

/** What some files say that a ConfigMap holds. */
function configMapValue(
  uris: readonly string[],
  { configMap, key }: ConfigMapKey,
  read: (uri: string) => string | undefined,
): string | undefined {
  for (const uri of new Set(uris)) {
    const text = read(uri);
    if (text?.includes('ConfigMap') !== true) continue;
    for (const document of splitDocuments(text)) {
      const root = parseDocument(document.text).root;
      if (root?.text('kind') !== 'ConfigMap' || root.text('metadata.name') !== configMap) continue;
      return root.map('data')?.entry(key)?.value.text();
    }
  }
  return undefined;
}

/** What a kustomization puts into a ConfigMap from a file. */
function generatedValue(
  kustomization: Kustomization | undefined,
  { configMap, key }: ConfigMapKey,
  read: (uri: string) => string | undefined,
): string | undefined {
  const generated = kustomization?.generated.find((it) => it.kind === 'ConfigMap' && it.name === configMap);
  for (const node of generated?.node.list('files.*') ?? []) {
    const [, name, file = ''] = /^(?:([^=]+)=)?(.*)$/s.exec(node.text() ?? '') ?? [];
    if ((name ?? file.slice(file.lastIndexOf('/') + 1)) === key) return read(resolvePath(kustomization!.folder, file));
  }
  return undefined;
}

/** Folders of manifests that are scopes though no kustomization and no chart is in them. */
function plainScopes(
  { environments = new Map() }: ScopeInput,
  delivered: ReadonlyMap<string, Supply>,
  isBuilt: (folder: string) => boolean,
): ReadonlyMap<string, Supply> {
  const plain = new Map<string, Supply>();
  const byParent = new Map<string, string[]>();
  for (const folder of [...environments.keys()].sort()) {
    const parent = folderOf(folder);
    const list = byParent.get(parent);
    if (list) list.push(folder);
    else byParent.set(parent, [folder]);
  }
  for (const siblings of byParent.values()) {
    for (const folder of siblings) {
      if (isBuilt(folder)) continue;
      // Environments of one thing hold files of the same names.
      const own = environments.get(folder)!;
      const isTwin = siblings.some((it) => it !== folder && [...own].some((path) => environments.get(it)!.has(path)));
      if (isTwin) plain.set(folder, { namespace: undefined, forces: false, recurses: true });
    }
  }
  for (const [folder, supply] of delivered) if (!isBuilt(folder)) plain.set(folder, supply);
  return plain;
}

/** A namespace that somebody supplies takes the place of a missing one, or of any. */
function supply(namespace: string | undefined, { namespace: supplied, forces }: Supply): Pick<Placement, 'namespace' | 'forces'> {
  return forces ? { namespace: supplied, forces: true } : { namespace: namespace ?? supplied };
}

/** The kustomization as it was read before, where it and the files it names are the same. */
function keptOrRead(
  uri: string,
  text: string,
  textOf: (uri: string) => string | undefined,
  endOfLink: LinkReader | undefined,
  before: Kustomization | undefined,
): Kustomization {
  const isSame =
    before?.origin.uri === uri && before.written === text && [...before.inputs].every(([input, content]) => textOf(input) === content);
  return isSame ? before : readKustomization(uri, text, textOf, endOfLink);
}

/** The paths by which what a kustomization lists may be known. */
function urisOf({ uri, real }: Listed): readonly string[] {
  return [uri, real].filter((it) => it !== undefined);
}

/** The kustomization that an entry leads to. */
function listedIn(all: ReadonlyMap<string, Kustomization>, entry: Listed): Kustomization | undefined {
  return urisOf(entry).flatMap((it) => all.get(it) ?? [])[0];
}

interface ChartInstance {
  readonly placement: Placement;
  /** Undefined where some of its values are not known. */
  readonly install: ChartInstall | undefined;
}

/** Charts of the workspace in their scopes, those within others after these. */
function chartsOf(
  charts: ReadonlySet<string>,
  delivered: ReadonlyMap<string, Supply>,
  { textOf, valuesFiles = [] }: ScopeInput,
  keeper: Keeper,
): {
  readonly placements: ReadonlyMap<string, readonly Placement[]>;
  readonly installs: readonly ChartInstall[];
  readonly open: readonly ScopeId[];
} {
  const environments = new Map<string, (readonly [name: string, uri: string])[]>();
  for (const uri of [...valuesFiles].sort()) {
    const name = /\/values[-._]([^/]+)\.ya?ml$/.exec(uri)?.[1];
    if (name === undefined || !isEnvironment(name)) continue;
    const folder = folderOf(uri);
    const list = environments.get(folder);
    if (list) list.push([name, uri]);
    else environments.set(folder, [[name, uri]]);
  }
  const placements = new Map<string, readonly Placement[]>();
  const installs: ChartInstall[] = [];
  /** Scopes of charts whose values are not all known. */
  const blind = new Set<ScopeId>();
  const open: ScopeId[] = [];
  for (const chart of charts) {
    const about = textOf(`${chart}/Chart.yaml`) ?? '';
    const own = textOf(`${chart}/values.yaml`);
    const within = outerChart(chart, charts);
    if (within !== undefined) {
      // Sorted, so that the one around it is there.
      const name = chart.slice(chart.lastIndexOf('/') + 1);
      const around = placements.get(within) ?? [];
      const makeList = (): readonly Placement[] =>
        around.map((it) => {
          const values = blind.has(it.scope) ? undefined : subchartValues(it.values, decodeURI(name), about, own);
          return { ...withoutValues(it), ...(values && { values }) };
        });
      placements.set(chart, keeper.keep(`chart ${chart}`, [around, about, own, around.some((it) => blind.has(it.scope))], makeList));
      continue;
    }
    const supplied = delivered.get(chart);
    const texts = (environments.get(chart) ?? []).flatMap(([name, uri]) => {
      const text = textOf(uri);
      return text === undefined ? [] : [[name, text] as const];
    });
    const from = [about, own, JSON.stringify(supplied), ...texts.flat()];
    const { instances, list } = keeper.keep(`chart ${chart}`, from, () => {
      const made = instancesOf(chart, { about, own, environments: texts }, supplied);
      return { instances: made, list: made.map((it) => it.placement) };
    });
    placements.set(chart, list);
    for (const { install, placement } of instances) {
      if (install) installs.push(install);
      else blind.add(placement.scope);
    }
    const requirements = textOf(`${chart}/requirements.yaml`);
    const dependencies = keeper.keep(`dependencies ${chart}`, [about, requirements], () => [about, requirements].flatMap(dependenciesIn));
    if (takesMore(chart, charts, dependencies)) open.push(...list.map((it) => it.scope));
  }
  // Whoever renders charts sees by the list that they are the same.
  return { placements, installs: keeper.keep('installs', installs, () => installs), open };
}

/** A chart as its own values make it; where several install it, or values of environments lie beside those, as each of them does. */
function instancesOf(
  chart: string,
  texts: {
    readonly about: string;
    readonly own: string | undefined;
    readonly environments: readonly (readonly [name: string, text: string])[];
  },
  supplied: Supply | undefined,
): readonly ChartInstance[] {
  const base = texts.own === undefined ? [] : [texts.own];
  const instance = (scope: ScopeId, { namespace, name, values: more }: Release): ChartInstance => {
    const values = more && [...base, ...more];
    return {
      placement: {
        scope,
        namespace,
        isPatch: false,
        chain: [],
        ...(values && values.length > 0 && { values: helmValues(texts.about, values, namespace) }),
      },
      install: values && { scope, chart, values, namespace, release: name },
    };
  };
  const releases = distinct(supplied?.releases ?? []);
  if (releases.length > 1 && distinct(releases.map((it) => it.name)).length === releases.length) {
    return releases.map((it) => instance(`${chart}/${it.name ?? ''}`, it));
  }
  const [release = { name: undefined, values: [] }] = releases.length > 1 ? [{ name: undefined, values: undefined }] : releases;
  const known = { ...release, namespace: supplied?.namespace };
  const environments = texts.environments.map(([name, text]) =>
    instance(`${chart}/${name}`, { ...known, values: known.values && [text, ...known.values] }),
  );
  return environments.length > 0 && known.values?.length === 0 ? environments : [instance(chart, known)];
}

interface Dependency {
  readonly name: string;
  readonly repository: string;
}

function dependenciesIn(text: string | undefined): readonly Dependency[] {
  const root = text === undefined ? undefined : parseDocument(text).root;
  return (root?.list('dependencies.*') ?? []).map((it) => ({ name: it.text('name') ?? '', repository: it.text('repository') ?? '' }));
}

/** Whether a chart takes in others that are not at hand. */
function takesMore(chart: string, charts: ReadonlySet<string>, dependencies: readonly Dependency[]): boolean {
  return dependencies.some(({ name, repository }) => {
    const local = /^file:\/\/(.*)$/.exec(repository)?.[1];
    return !charts.has(`${chart}/charts/${encodeURI(name)}`) && !(local !== undefined && charts.has(resolvePath(chart, local)));
  });
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((it) => [JSON.stringify(it), it])).values()];
}

/** The chart around a chart: the one in whose `charts` folder it is. */
function outerChart(chart: string, charts: ReadonlySet<string>): string | undefined {
  const parent = folderOf(chart);
  const outer = parent.endsWith('/charts') ? folderOf(parent) : undefined;
  return outer !== undefined && charts.has(outer) ? outer : undefined;
}

function withoutValues({ scope, namespace, isPatch, chain }: Placement): Placement {
  return { scope, namespace, isPatch, chain };
}

/** Whether a file may hold values of a chart, by its name. */
export function isValuesFile(uri: string): boolean {
  return /\/values[^/]*\.ya?ml$/.test(uri);
}

/** The outermost chart whose templates or CRDs a file is among. */
function chartOf(uri: string, charts: { has(folder: string): boolean }): string | undefined {
  for (let slash = uri.indexOf('/'); slash >= 0; slash = uri.indexOf('/', slash + 1)) {
    if (!uri.startsWith('/templates/', slash) && !uri.startsWith('/crds/', slash)) continue;
    const folder = uri.slice(0, slash);
    if (charts.has(folder)) return folder;
  }
  return undefined;
}

/** What a kustomization that no other lists builds. The same object as in the plan before, where all that it goes through is. */
interface Build {
  readonly scope: ScopeId;
  /** All kustomizations on the way, its own among them. */
  readonly levels: ReadonlySet<Kustomization>;
  readonly supplied: Supply | undefined;
  readonly placements: ReadonlyMap<string, readonly Placement[]>;
  /** Its files, where they take names or values from one another. */
  readonly tied: ReadonlySet<string> | undefined;
  readonly isOpen: boolean;
  /** Files that are built together, there or not. */
  readonly parts: ReadonlySet<string>;
}

function buildsOf(
  kustomizations: ReadonlyMap<string, Kustomization>,
  delivered: ReadonlyMap<string, Supply>,
  before: ScopePlan,
): ReadonlyMap<ScopeId, Build> {
  const included = new Set<string>();
  for (const { resources, components } of kustomizations.values()) {
    for (const it of [...resources, ...components]) for (const uri of urisOf(it)) if (kustomizations.has(uri)) included.add(uri);
  }
  const old = before.kustomizations;
  // One that comes or goes may be what any of the others list.
  const mayKeep = old.size === kustomizations.size && [...kustomizations.keys()].every((it) => old.has(it));
  const builds = new Map<ScopeId, Build>();
  for (const root of kustomizations.values()) {
    if (included.has(root.folder)) continue;
    const kept = mayKeep ? before.parts.builds.get(root.folder) : undefined;
    const supplied = delivered.get(root.folder);
    const isSame =
      kept !== undefined &&
      [...kept.levels].every((it) => kustomizations.get(it.folder) === it) &&
      kept.supplied?.namespace === supplied?.namespace &&
      kept.supplied?.forces === supplied?.forces;
    builds.set(root.folder, isSame ? kept : buildOf(root, kustomizations, supplied));
  }
  return builds;
}

function buildOf(root: Kustomization, kustomizations: ReadonlyMap<string, Kustomization>, supplied: Supply | undefined): Build {
  const { files, levels } = scopeOf(root, kustomizations);
  const placements = new Map<string, Placement[]>();
  for (const { uri, ...own } of files) {
    const placement = supplied ? { ...own, ...supply(own.namespace, supplied) } : own;
    const list = placements.get(uri);
    if (list) list.push(placement);
    else placements.set(uri, [placement]);
  }
  const all = [...levels];
  const listed = all.flatMap((it) => [...it.resources, ...it.components].flatMap(({ uri }) => uri ?? []));
  return {
    scope: root.folder,
    levels,
    supplied,
    placements,
    tied: all.some((it) => it.ties) ? new Set(placements.keys()) : undefined,
    isOpen: all.some((it) => it.isOpen || it.isOpaque),
    parts: new Set([...files.flatMap((it) => (it.isPatch ? [] : it.uri)), ...listed].filter((it) => !kustomizations.has(it))),
  };
}

function scopeOf(
  root: Kustomization,
  all: ReadonlyMap<string, Kustomization>,
): { readonly files: readonly (Placement & { readonly uri: string })[]; readonly levels: ReadonlySet<Kustomization> } {
  const levels = new Set<Kustomization>();
  const placements: (Placement & { readonly uri: string })[] = [];
  const place = (uri: string, chain: readonly Kustomization[], isPatch: boolean): void => {
    // The outermost kustomization that sets a namespace has the last word.
    const namespace = chain.filter((it) => it.namespace).at(-1)?.namespace?.value;
    placements.push({ uri, scope: root.folder, namespace: namespace === undefined ? undefined : String(namespace), isPatch, chain });
  };
  const flatten = (component: Kustomization, path: readonly string[]): readonly Kustomization[] =>
    path.includes(component.folder) ? [] : [...componentsOf(component, [...path, component.folder]), component];
  const componentsOf = ({ components }: Kustomization, path: readonly string[]): readonly Kustomization[] =>
    components.flatMap((entry) => {
      const component = listedIn(all, entry);
      return component ? flatten(component, path) : [];
    });
  const visit = (kustomization: Kustomization, outer: readonly Kustomization[], path: readonly string[]): void => {
    if (path.includes(kustomization.folder)) return; // includes itself: kustomize refuses it, nothing more is to be learned
    const inside = [...path, kustomization.folder];
    const own = [kustomization, ...outer];
    const components = componentsOf(kustomization, inside);
    for (const it of [kustomization, ...components]) levels.add(it);
    const parts = [
      { part: kustomization, chain: [...components, ...own] },
      ...components.map((part, i) => ({ part, chain: [...components.slice(i), ...own] })),
    ];
    for (const { part, chain } of parts) {
      for (const entry of part.resources) {
        const next = listedIn(all, entry);
        if (next) visit(next, chain, inside);
        else for (const uri of urisOf(entry)) place(uri, chain, false);
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
  return { files: kept, levels };
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
        it.forces === other.forces &&
        it.values?.key === other.values?.key &&
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

/** Whether a step of a path names an environment or region. */
export function isEnvironment(step: string): boolean {
  return ENVIRONMENT.test(step);
}

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
