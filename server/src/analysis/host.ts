import { FactStore } from '../index/store.js';
import { releases, settings as settingsInput, type Settings } from '../index/settings.js';
import { idlePatches, paths, resourcesOfFile, seesDisk, unlistedFiles, type KnownPath } from '../index/files.js';
import { lookupsIn, visibility, type Lookup, type Lookups, type Setting, type Table } from '../index/tables.js';
import type { Definition, Reference } from '../model/facts.js';
import type { Resource, ResourceId, ScopeId } from '../model/resource.js';
import { Database, isEqual, watch } from '../query/database.js';
import type { MeshModule } from '../rules/module.js';
import type { Found } from '../rules/runner.js';
import { foreignness, groupOf, type KindOf } from '../sources/documents.js';
import { identityIn, NO_CONTEXT } from '../sources/kustomize/build.js';
import { contextOf, type Member, type ScopeContext } from '../sources/kustomize/context.js';
import type { LinkReader } from '../sources/kustomize/kustomization.js';
import { mayDeliver } from '../sources/deliveries.js';
import type { RenderedFile, Rendering } from '../sources/rendering.js';
import {
  isPlacedAlike,
  isScopeFile,
  isValuesFile,
  mayChange,
  NO_SCOPES,
  planScopes,
  type Moved,
  type NamedScope,
  type ScopePlan,
} from '../sources/scopes.js';
import type { SchemaSet } from '../schema/schemas.js';
import { Folders, type Folder } from './folders.js';
import { Judge } from './judge.js';
import { KnownKinds } from './known-kinds.js';
import { KnownSchemas, type OtherKinds } from './known-schemas.js';
import { DocumentMaker } from './maker.js';
import type { PreparedFile } from './prepared.js';
import {
  type BuiltResource,
  type Document,
  File,
  isRead,
  type DocumentState,
  type FileChange,
  type Place,
  type ResourceState,
  type Slot,
  type SourceFile,
} from './state.js';
import { rangeOf, shift, type Range } from '../text/range.js';
import { glob } from '../text/globs.js';
import { folderOf } from '../text/uri.js';
import type { SyntaxProblem } from '../yaml/document.js';
import { readHeader } from '../yaml/header.js';
import { parseDocument } from '../yaml/parse.js';

export interface HostOptions {
  readonly modules: readonly MeshModule[];
  /** Without them, nothing is checked against schemas. */
  readonly schemas?: SchemaSet | undefined;
  /** Whether there is a file or folder that nobody reads; without it, what is not told does not exist. */
  readonly isOnDisk?: (uri: string) => boolean;
  /** Where a path ends that leads through links; without it, there are none. */
  readonly endOfLink?: LinkReader | undefined;
  /** Also runs rules that can have nothing to say for want of a word, and looks at files that are known to be clean; tests see that it makes no difference. */
  readonly runsAll?: boolean;
  /** Told once per rule or kind that throws; `where` names the resource, never its content. */
  readonly onFailure?: (what: string, where: string, error: unknown) => void;
}

/** The state of a workspace: files in, up-to-date facts and findings out. Does no I/O and has no clock. */
export class AnalysisHost {
  readonly modules: readonly MeshModule[];
  readonly db = new Database();
  readonly store: FactStore;
  readonly kindOf: KindOf;
  readonly #files = new Map<string, SourceFile>();
  /** URIs of the open ones, so that nothing on the way of a keystroke goes through all files. */
  readonly #open = new Set<string>();
  /** How many resources of a system there are. */
  readonly #bySystem = new Map<string, number>();
  readonly #resources = new Map<ResourceId, ResourceState>();
  readonly #schemas: KnownSchemas;
  readonly #kinds: KnownKinds;
  readonly #judge: Judge;
  readonly #maker: DocumentMaker;
  readonly #folders = new Folders();
  /** What the disk said of paths while reading goes on. */
  readonly #onDisk = new Map<string, OnDisk>();
  #isReading = false;
  /** Whether very many files come at once. */
  #isBulk = false;
  /** Whether what is applied together is to be worked out again when all is read. */
  #planWaits = false;
  readonly #changed = new Set<string>();
  /** Lookups that references name, by name. */
  readonly #lookups: ReadonlyMap<string, Lookup<unknown>>;
  /** How many resources of a scope have names that templates fill in. */
  readonly #hiding = new Map<ScopeId, number>();
  /** Scopes that now have such names, or have none any more. */
  readonly #turned = new Set<ScopeId>();
  #plan: ScopePlan = NO_SCOPES;
  /** Those of the plan by which resources see one another. */
  #rivals: ScopePlan['rivals'] | undefined;
  /** What Helm made of templates, by URI and scope; empty where nobody runs it. */
  #rendered: ReadonlyMap<string, ReadonlyMap<ScopeId, RenderedFile>> = new Map();
  /** What resources of a scope take from one another. */
  readonly #contexts = new Map<ScopeId, ScopeContext>();
  /** Files of those scopes as they were looked at last. */
  readonly #tied = new Map<ScopeId, ReadonlySet<string>>();
  /** Resources that documents of a file have a part in, their own aside. */
  readonly #users = new Map<string, Set<ResourceState>>();
  /** How many resources a patch changes, by its key. */
  readonly #patched = new Map<string, number>();
  /** Those that another number of resources may have from now on. */
  #patchedAnew = new Set<string>();
  /** Whether a file came or went. */
  #isFiledAnew = false;
  /** Folders where what a kustomization takes in may be another, and whether that may be so in all of them. */
  #besideAnew = new Set<string>();
  #areAllAnew = false;
  /** Files with documents that wait to be read. */
  readonly #waiting = new Set<string>();
  readonly #scopeFiles = new Set<string>();
  /** Files that are called as values of charts are. */
  readonly #valuesFiles = new Set<string>();
  /** Files with objects of Argo CD or Flux. */
  readonly #deliveryFiles = new Set<string>();
  /** Folders that are called as environments are, with paths of what is below them. */
  readonly #environments = new Map<string, Set<string>>();
  readonly #options: HostOptions;

  /** Out of date, too, when its resource is another: see `outdate`. */
  readonly #findings = watch(
    'findings',
    (db, state: BuiltResource) => this.#judge.check(state, lookupsIn(db, state.resource.scope)),
    ({ resource }) => resource.id,
  );

  constructor(options: HostOptions) {
    this.#options = options;
    this.modules = options.modules;
    this.#schemas = new KnownSchemas(options.schemas, this.modules);
    this.#kinds = new KnownKinds(this.modules, this.#schemas);
    this.kindOf = this.#kinds.of;
    this.#judge = new Judge({
      modules: this.modules,
      kinds: this.#kinds,
      schemas: this.#schemas,
      look: () => this.look(),
      runsAll: options.runsAll === true,
      onFailure: options.onFailure,
    });
    this.#maker = new DocumentMaker({
      kinds: this.#kinds,
      schemas: this.#schemas,
      judge: this.#judge,
      plan: () => this.#plan,
      contextOf: (scope) => this.#contexts.get(scope) ?? NO_CONTEXT,
      renderedIn: (uri) => this.#rendered.get(uri),
      runsAll: options.runsAll === true,
    });
    this.#lookups = new Map(this.modules.flatMap((module) => module.lookups.map((lookup) => [lookup.name, lookup])));
    this.store = new FactStore(
      this.db,
      this.modules.flatMap((module) => module.tables as readonly Table<unknown>[]),
    );
    this.db.provide(paths.input, (uri) => this.#pathsAt(uri));
    this.db.provide(idlePatches.input, (uri) => this.#idlePatches(uri));
    this.db.provide(unlistedFiles.input, (uri) => this.#unlistedBeside(uri));
    this.db.provide(resourcesOfFile.input, (uri) => this.#resourcesOfFile(uri));
    this.db.set(seesDisk.input, '', options.isOnDisk !== undefined);
  }

  /** Takes over what changed. Cheap: facts of changed documents only; findings wait for `work` or `findingsOf`. */
  apply(changes: readonly FileChange[]): void {
    this.#apply(changes, true);
  }

  /** Whether documents wait to be read; until they are, what was known of them before stands in. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Reads what waits in one file: large documents that are broken, or hard to read, and were typed in. */
  readWaiting(): void {
    for (const uri of this.#waiting) {
      this.#waiting.delete(uri);
      const file = this.#files.get(uri);
      if (!file?.slots.some(({ document }) => (document as Document).waits)) continue;
      this.#apply([{ uri, text: file.text, version: file.version }], false);
      return;
    }
  }

  #apply(changes: readonly FileChange[], mayWait: boolean): void {
    this.#isBulk = this.#isReading || changes.length > MANY_FILES;
    const others = this.#schemas.take(changes);
    const isReplanned = this.#updatePlan(changes);
    for (const change of changes) this.#applyOne(change, mayWait);
    this.#updateContexts(changes);
    this.#tellIdlePatches(isReplanned);
    if (others) this.#readAnew(others);
    this.store.commit();
    this.#takeSystems();
  }

  /** From now on many files come one after the other: what is applied together is worked out once they are there, not with each of them. */
  beginReading(): void {
    this.#isReading = true;
  }

  endReading(): void {
    this.db.reloadAll(paths.input);
    this.#isReading = false;
    this.#onDisk.clear();
    if (!this.#planWaits) return;
    this.#planWaits = false;
    this.#replan((uri) => this.#files.get(uri)?.text, []);
    this.#areAllAnew = true;
    this.#updateContexts(undefined);
    this.#tellIdlePatches(true);
    this.store.commit();
    this.#takeSystems();
  }

  /** Where a system comes into the workspace, or leaves it, resources that its rules look at are judged anew. */
  #takeSystems(): void {
    const others = this.#judge.takeSystems(this.settings);
    if (others === undefined) return;
    if (others.asksMore) {
      for (const { slots } of this.#files.values())
        for (const { document } of slots) for (const state of document.built) this.#judge.askMoreOf(state as BuiltResource);
    }
    for (const state of this.#resources.values()) if (others.concern(state)) this.#outdate(state as BuiltResource);
  }

  /** Puts the findings of a resource on the list of those to be made, where some rule looks things up for it. */
  #outdate(state: BuiltResource): void {
    if (state.findings) this.db.outdate(state.findings, state);
    else if (this.#judge.looksUp(state)) state.findings = this.db.watch(this.#findings, state);
  }

  /** Documents of kinds whose CRD changed are judged anew; of those whose CRD came or went, they may be known from now on, or no longer. */
  #readAnew({ all, moved }: OtherKinds): void {
    for (const file of [...this.#files.values()]) {
      const concerned = file.slots.filter(({ document }) => isOfKind(document, all, moved));
      if (concerned.length === 0) continue;
      this.#changed.add(file.uri);
      if (concerned.every(({ document }) => foreignness(document.text, this.kindOf) === document.foreign)) continue;
      const slots = this.#maker.slots(
        file.uri,
        file.text,
        file.slots.filter((it) => !concerned.includes(it)),
      );
      this.#files.set(file.uri, new File(file.uri, file.text, file.version, file.open, slots));
      this.#replaceDocuments(file.uri, file.slots, slots);
    }
  }

  /** What is applied together, and how that was found. */
  get plan(): ScopePlan {
    return this.#plan;
  }

  /** Scopes follow kustomizations, charts and patches; nothing of this happens on a keystroke elsewhere. Tells whether anything is another. */
  #updatePlan(changes: readonly FileChange[]): boolean {
    const arrived = this.#arrivals(changes);
    const delivering = new Set(changes.filter(({ text }) => text !== undefined && mayDeliver(text)).map((it) => it.uri));
    const isConcerned = changes.some(
      ({ uri }) =>
        isScopeFile(uri) || isValuesFile(uri) || this.#plan.inputs.has(uri) || this.#deliveryFiles.has(uri) || delivering.has(uri),
    );
    // A patch may come after the kustomization that names it, which the plan then already knows.
    if (!isConcerned && !arrived.matter) return false;
    for (const { uri, text } of changes) {
      const kinds = [
        [this.#scopeFiles, isScopeFile(uri)],
        [this.#valuesFiles, isValuesFile(uri)],
        [this.#deliveryFiles, delivering.has(uri)],
      ] as const;
      for (const [files, isOne] of kinds) {
        if (text === undefined || !isOne) files.delete(uri);
        else files.add(uri);
      }
    }
    if (this.#isReading && !changes.some(({ uri }) => isScopeFile(uri))) {
      this.#planWaits = true;
      return false;
    }
    const changed = new Map(changes.map((it) => [it.uri, it.text]));
    return this.#replan((uri) => (changed.has(uri) ? changed.get(uri) : this.#files.get(uri)?.text), arrived.folders, [...changed.keys()]);
  }

  /** Files that come and go, each by its folder; and whether scopes may follow from that. */
  #arrivals(changes: readonly FileChange[]): { readonly matter: boolean; readonly folders: readonly Arrival[] } {
    const folders: Arrival[] = [];
    let matter = false;
    for (const { uri, text } of changes) {
      const by = Number(text !== undefined) - Number(this.#files.has(uri));
      if (by === 0) continue;
      const folder = this.#folders.of(uri);
      folders.push({ folder, by });
      matter ||= this.#isWatched(folder);
      for (const environment of folder.environments) {
        matter = true;
        const paths = this.#environments.get(environment) ?? new Set();
        const path = uri.slice(environment.length);
        if (by > 0) this.#environments.set(environment, paths.add(path));
        else if (paths.delete(path) && paths.size === 0) this.#environments.delete(environment);
      }
    }
    return { matter, folders };
  }

  #isWatched(folder: Folder): boolean {
    const { watched } = this.#plan;
    if (watched.size === 0) return false;
    for (let at: Folder | undefined = folder; at !== undefined; at = at.above) if (watched.has(at.uri)) return true;
    return false;
  }

  #replan(textOf: (uri: string) => string | undefined, arrivals: readonly Arrival[], changed: Iterable<string> = []): boolean {
    const before = this.#plan;
    const arrived = countedBelow(arrivals);
    const hasFolder = (uri: string): boolean => (arrived.get(uri) ?? 0) + this.#folders.countBelow(uri) > 0;
    const plan = planScopes({
      scopeFiles: this.#scopeFiles,
      deliveryFiles: this.#deliveryFiles,
      valuesFiles: this.#valuesFiles,
      endOfLink: this.#options.endOfLink,
      textOf,
      hasFolder,
      foldersIn: (uri) => [...this.#folders.uris()].filter((it) => folderOf(it) === uri && hasFolder(it)),
      filesBelow: (folder) => [...this.#files.keys(), ...changed].filter((it) => it.startsWith(`${folder}/`)),
      environments: this.#environments,
      named: namedScopes(this.settings),
      before,
    });
    const others = [...plan.kustomizations].flatMap(([folder, it]) => (before.kustomizations.get(folder) === it ? [] : folder));
    this.#plan = plan;
    for (const scope of plan.scopes) if (plan.isOpen(scope) !== before.isOpen(scope)) this.#turned.add(scope);
    const moved = plan.movedSince(before);
    if (others.length === 0 && moved && moved.files.size + moved.folders.length + moved.shallow.length === 0) return false;
    for (const it of others) this.#besideAnew.add(it);
    this.#areAllAnew ||= moved === undefined;
    if (this.#rivals === undefined || !isEqual(this.#rivals, plan.rivals)) this.db.set(visibility.input, '', { sees: plan.sees });
    this.#rivals = plan.rivals;
    for (const file of this.#filesAmong(moved)) if (this.#isPlacedAnew(file, before)) this.#rebuild(file);
    return true;
  }

  /** Of the files that may be placed in another way, those that are there. */
  #filesAmong(moved: Moved): readonly SourceFile[] {
    if (moved === undefined) return [...this.#files.values()];
    const uris = new Set([
      ...this.#folders.filesBelow(moved.folders),
      ...moved.shallow.flatMap((it) => this.#folders.filesIn(it)),
      ...moved.files,
    ]);
    for (const uri of uris) this.#besideAnew.add(folderOf(uri));
    return [...uris].flatMap((uri) => this.#files.get(uri) ?? []);
  }

  /** Takes over what Helm makes of charts, by scope; those of the other scopes are read as they are written. */
  setRenderings(renderings: ReadonlyMap<ScopeId, Rendering>): void {
    const before = this.#rendered;
    const after = new Map<string, Map<ScopeId, RenderedFile>>();
    for (const [scope, rendering] of renderings) {
      for (const [uri, rendered] of rendering) {
        const known = after.get(uri) ?? new Map<ScopeId, RenderedFile>();
        after.set(uri, known.set(scope, rendered));
      }
    }
    this.#rendered = after;
    for (const uri of new Set([...before.keys(), ...after.keys()])) {
      const file = this.#files.get(uri);
      if (file && !isRenderedAlike(before.get(uri), after.get(uri))) this.#rebuild(file);
    }
    this.store.commit();
  }

  #rebuild(file: SourceFile): void {
    const slots = this.#maker.slots(file.uri, file.text, []);
    this.#files.set(file.uri, new File(file.uri, file.text, file.version, file.open, slots));
    this.#replaceDocuments(file.uri, file.slots, slots);
    this.#changed.add(file.uri);
  }

  #isPlacedAnew(file: SourceFile, before: ScopePlan): boolean {
    const placements = this.#plan.placementsOf(file.uri);
    const old = before.placementsOf(file.uri);
    if (old === placements) return false;
    if (!isPlacedAlike(old, placements)) return file.slots.some(({ document }) => isRead(document));
    return placements.some((placement, i) => {
      const changes = mayChange(old[i]!, placement);
      return file.slots.some(({ document }) => {
        if (!isRead(document)) return false;
        const states = document.built.filter((it) => it.placement.scope === placement.scope);
        // A resource that a patch deletes may be back.
        return changes.some && (states.length === 0 || states.some((it) => changes.of(it.stated, it.resource, it.patches)));
      });
    });
  }

  /** Tells kustomizations of patches that change nothing and of files beside them that nothing takes in, where that may be another. */
  #tellIdlePatches(isReplanned: boolean): void {
    const patched = this.#patchedAnew;
    if (!isReplanned && patched.size === 0 && this.#besideAnew.size === 0) return;
    if (this.#isReading) {
      this.#planWaits = true;
      return;
    }
    const folders = this.#besideAnew;
    this.#patchedAnew = new Set();
    this.#besideAnew = new Set();
    // Which files are built together may follow from any of them.
    const areOthers = isReplanned || this.#isFiledAnew;
    this.#isFiledAnew = false;
    for (const { origin, folder, patches } of this.#plan.kustomizations.values()) {
      const isOther = this.#areAllAnew || folders.has(folder);
      if (isOther || (areOthers && patches.length > 0) || patches.some(({ key }) => patched.has(key))) {
        this.db.reload(idlePatches.input, origin.uri);
      }
      if (isOther) this.db.reload(unlistedFiles.input, origin.uri);
    }
    this.#areAllAnew = false;
  }

  #resourcesOfFile(uri: string): readonly Definition<null>[] {
    const states = (this.#files.get(uri)?.slots ?? []).flatMap(({ document }) => document.built);
    return states.map(({ resource: { id, scope } }) => ({
      table: resourcesOfFile.name,
      key: uri,
      resource: id,
      scope,
      range: rangeOf(0, 0),
      data: null,
    }));
  }

  #unlistedBeside(uri: string): readonly Definition<{ readonly uri: string }>[] {
    const kustomization = this.#plan.kustomizations.get(folderOf(uri));
    if (kustomization?.origin.uri !== uri) return [];
    const unlisted = this.#folders
      .filesIn(kustomization.folder)
      .filter(
        (it) =>
          !isScopeFile(it) &&
          this.#plan.placementsOf(it).every(({ scope }) => scope === '') &&
          this.store.referencesTo(paths, it).length === 0,
      );
    return unlisted.sort().map((file) => ({
      table: unlistedFiles.name,
      key: uri,
      resource: '',
      scope: '',
      range: rangeOf(0, 0),
      data: { uri: file },
    }));
  }

  #idlePatches(uri: string): readonly Definition<{ readonly named: string }>[] {
    const kustomization = this.#plan.kustomizations.get(folderOf(uri));
    if (kustomization?.origin.uri !== uri || this.#plan.hidesResources(kustomization)) return [];
    if ([...this.#plan.partsOf(kustomization)].some((it) => !this.#files.has(it))) return [];
    return kustomization.patches.flatMap(({ key, target, merge, asked }) => {
      const kind = merge?.text('kind');
      const name = merge?.text('metadata.name');
      // What a target takes in may well be nothing; what a patch names has to be there.
      if (target || kind === undefined || name === undefined || this.#patched.has(key) || merge?.text('$patch') === 'delete') return [];
      const known = this.kindOf(groupOf(merge?.text('apiVersion') ?? ''), kind);
      if (known === undefined || known.concerns !== undefined) return [];
      return [{ table: idlePatches.name, key: uri, resource: '', scope: '', range: asked, data: { named: `${kind} "${name}"` } }];
    });
  }

  /** What a resource names by its path is taken in by it. */
  #besideNamed({ facts }: ResourceState): void {
    for (const { lookup, key } of facts.references) if (lookup === paths.name) this.#besideAnew.add(folderOf(key));
  }

  #countPatches({ patches }: ResourceState, by: 1 | -1): void {
    for (const key of patches) {
      const count = (this.#patched.get(key) ?? 0) + by;
      if (count <= 0) this.#patched.delete(key);
      else this.#patched.set(key, count);
      this.#patchedAnew.add(key);
    }
  }

  /** Where a kustomization gives names or takes values, an edit of one resource may change others of its scope. */
  #updateContexts(changes: readonly FileChange[] | undefined): void {
    if (this.#isReading) {
      this.#planWaits = true;
      return;
    }
    for (const scope of [...this.#contexts.keys()]) if (!this.#plan.tied.has(scope)) this.#contexts.delete(scope);
    for (const scope of [...this.#tied.keys()]) if (!this.#plan.tied.has(scope)) this.#tied.delete(scope);
    for (const [scope, uris] of this.#plan.tied) {
      const isSame = this.#tied.get(scope) === uris;
      this.#tied.set(scope, uris);
      if (isSame && changes?.some(({ uri }) => uris.has(uri)) === false) continue;
      const context = contextOf([...uris].sort().flatMap((uri) => this.#membersIn(uri, scope)));
      if (context.signature === this.#contexts.get(scope)?.signature) continue;
      this.#contexts.set(scope, context);
      for (const uri of uris) {
        const file = this.#files.get(uri);
        if (file && file.slots.some(({ document }) => document.built.some((it) => it.resource.scope === scope && !it.placement.isPatch))) {
          this.#rebuild(file);
        }
      }
    }
  }

  #membersIn(uri: string, scope: ScopeId): readonly Member[] {
    const placements = this.#plan.placementsOf(uri).filter((it) => it.scope === scope && !it.isPatch);
    return (this.#files.get(uri)?.slots ?? []).flatMap(({ document }): readonly Member[] => {
      const origin = { uri, text: document.text };
      if (isRead(document)) {
        return document.built
          .filter((it) => it.resource.scope === scope && !it.placement.isPatch)
          .map((it) => ({ chain: it.placement.chain, origin, identity: it.stated, root: () => (it as BuiltResource).statedRoot() }));
      }
      // Kinds that nobody reads have names all the same, and values that replacements take.
      const root = document.text.length < LARGEST_SOURCE ? parseDocument(document.text).root : undefined;
      if (root?.type !== 'map' || root.text('kind') === undefined) return [];
      return placements.map(({ chain }) => ({ chain, origin, identity: identityIn(root), root: () => root }));
    });
  }

  setSettings(tree: Settings): void {
    if (!this.db.set(settingsInput.input, '', tree)) return;
    for (const uri of this.#files.keys()) this.#changed.add(uri);
    for (const uri of this.#kinds.takeSettings(tree)) this.#readAsOtherKind(uri);
    this.store.commit();
    this.#takeSystems();
    if (this.#replan((uri) => this.#files.get(uri)?.text, [])) {
      this.#updateContexts(undefined);
      this.#tellIdlePatches(true);
      this.store.commit();
    }
    this.#judge.takeSettings(tree);
    if (this.#schemas.takeSettings(tree)) this.db.set(releases.input, '', this.#schemas.targets);
  }

  #pathsAt(uri: string): readonly Definition<KnownPath>[] {
    const known = (sort: KnownPath['sort'], opens: string | undefined, more: Partial<KnownPath> = {}): readonly Definition<KnownPath>[] => [
      {
        table: paths.name,
        key: uri,
        resource: '',
        scope: '',
        range: rangeOf(0, 0),
        data: { sort, opens, hasKustomization: false, hasChart: false, ...more },
      },
    ];
    if (this.#files.has(uri)) return known('file', uri);
    const files = this.#folders.filesIn(uri);
    const onDisk = this.#lookAt(uri);
    const find = (names: readonly string[]): string | undefined =>
      names.find((name) => onDisk.names.includes(name) || files.includes(`${uri}/${name}`));
    const kustomization = find(KUSTOMIZATION_NAMES);
    const chart = find(CHART_NAMES);
    const decides = kustomization ?? chart;
    if (decides !== undefined || this.#folders.countBelow(uri) > 0) {
      const opens = decides && `${uri}/${decides}`;
      return known('folder', opens, { hasKustomization: kustomization !== undefined, hasChart: chart !== undefined });
    }
    return onDisk.isThere ? known('file', undefined) : [];
  }

  #countFile(uri: string, by: 1 | -1): void {
    this.#isFiledAnew = true;
    const folder = this.#folders.count(uri, by);
    this.#besideAnew.add(folder.uri);
    // While a workspace is read, each file would have all folders above it looked for on disk again.
    if (this.#isReading) return;
    this.db.reload(paths.input, uri);
    for (let at: Folder | undefined = folder; at !== undefined; at = at.above) this.db.reload(paths.input, at.uri);
  }

  /** What the disk says of a path and of names below it; while much is read it is asked once. */
  #lookAt(uri: string): OnDisk {
    const known = this.#isReading ? this.#onDisk.get(uri) : undefined;
    if (known !== undefined) return known;
    const { isOnDisk } = this.#options;
    const isThere = isOnDisk?.(uri) === true;
    const names = isThere ? [...KUSTOMIZATION_NAMES, ...CHART_NAMES].filter((it) => isOnDisk!(`${uri}/${it}`)) : NO_NAMES;
    const found = { isThere, names };
    if (this.#isReading) this.#onDisk.set(uri, found);
    return found;
  }

  #readAsOtherKind(uri: string): void {
    const file = this.#files.get(uri);
    if (file === undefined) return;
    const slots = this.#maker.slots(uri, file.text, []);
    this.#files.set(uri, new File(uri, file.text, file.version, file.open, slots));
    this.#replaceDocuments(uri, file.slots, slots);
  }

  /** Schemas as settings choose them, with the CRDs of the workspace. Ever new ones after a change. */
  get schemas(): SchemaSet | undefined {
    return this.#schemas.current;
  }

  get settings(): Settings {
    return this.db.get(settingsInput.input, '');
  }

  files(): Iterable<SourceFile> {
    return this.#files.values();
  }

  file(uri: string): SourceFile | undefined {
    return this.#files.get(uri);
  }

  resource(id: ResourceId): ResourceState | undefined {
    return this.#resources.get(id);
  }

  get resourceCount(): number {
    return this.#resources.size;
  }

  /** Whether a resource of a system is among the files. */
  hasSystem(system: string): boolean {
    return (this.#bySystem.get(system) ?? 0) > 0;
  }

  /** Where a range of a resource stands: in its own document, or in the patch or kustomization that the value is from. */
  placeOf(state: ResourceState, range: Range): Place | undefined {
    const end = state.segments[0]?.end ?? Infinity;
    if (range.start <= end) {
      const slot = this.slotOf(state);
      return slot && { uri: state.resource.uri, range: shift(rangeOf(range.start, Math.min(range.end, end)), slot.start) };
    }
    const segment = state.segments.find((it) => it.start <= range.start && range.start <= it.end);
    const slot = segment && this.#files.get(segment.origin.uri)?.slots.find(({ document }) => document.text === segment.origin.text);
    return (
      slot && { uri: segment.origin.uri, range: shift(rangeOf(range.start, Math.min(range.end, segment.end)), slot.start - segment.start) }
    );
  }

  /** Whether more is applied in a scope than can be read: what comes from elsewhere, and what templates give its name. */
  isOpen(scope: ScopeId): boolean {
    return this.#plan.isOpen(scope) || this.#hiding.has(scope);
  }

  /** The text that offsets of a resource count in: its document, and behind it those that give parts of it. */
  textOf(state: ResourceState): string {
    return state.segments.length === 0 ? state.document.text : state.segments.map((it) => it.origin.text).join('\n');
  }

  /** Resources of other documents that a file has a part in: patches, kustomizations. */
  usersOf(uri: string): readonly ResourceState[] {
    return [...(this.#users.get(uri) ?? [])].sort((a, b) => (a.resource.id < b.resource.id ? -1 : 1));
  }

  /** Whether a patch shows in a resource at hand, where all that it says is judged. */
  isApplied(state: ResourceState): boolean {
    return (
      state.placement.isPatch &&
      this.usersOf(state.resource.uri).some((it) => it.segments.some(({ origin }) => origin.text === state.document.text))
    );
  }

  /** Where a document stands in its file now; undefined when it is gone. */
  slotOf(state: ResourceState): Slot | undefined {
    return this.#files.get(state.resource.uri)?.slots.find((slot) => slot.document === state.document);
  }

  look(scope: ScopeId = ''): Lookups {
    return lookupsIn(this.db, scope);
  }

  /** Findings that a resource's own document shows, whatever else there is. */
  ownFindingsOf(state: ResourceState): readonly Found[] {
    return this.#judge.own(state);
  }

  /** Findings of a resource, own and cross-resource, up to date. */
  findingsOf(state: ResourceState): readonly Found[] {
    const own = this.#judge.own(state);
    const findings = this.#judge.looksUp(state) ? this.#watchedOf(state) : undefined;
    return findings ? [...own, ...this.db.valueOf(findings)] : own;
  }

  /** What the cross-resource findings of a resource looked up, for "why do I see this?". */
  readsOf(id: ResourceId): readonly { source: string; key: string; value: unknown }[] {
    const state = this.#resources.get(id);
    const findings = state && this.#watchedOf(state);
    return findings ? this.db.readsOf(findings) : [];
  }

  /** What rules that look something up find in a resource, also where it is another by now. */
  #watchedOf(state: ResourceState): BuiltResource['findings'] {
    const { memo } = state as BuiltResource;
    return memo.findings ?? (this.#resources.get(state.resource.id) as BuiltResource | undefined)?.findings;
  }

  /**
   * Brings stale findings up to date, open files first, until all are fresh or `pause` says so (asked between resources).
   * Returns whether everything is fresh. Where there is no pause, documents that wait are read before.
   */
  work(pause?: () => boolean): boolean {
    while (pause === undefined && this.isWaiting) this.readWaiting();
    return this.#freshen(pause ?? (() => false));
  }

  /**
   * Checks what has waited longest while more is being read, and leaves what came lately: what it leans on is likely to come with it.
   * Returns whether there is more to do at once.
   */
  workAhead(pause: () => boolean): boolean {
    for (const watched of this.db.stale(this.#findings)) {
      if (this.db.staleCount <= LATELY) return false;
      if (pause()) return true;
      this.#refresh(watched);
    }
    return false;
  }

  #freshen(pause: () => boolean): boolean {
    const open = [...this.#open].flatMap((uri) => this.#files.get(uri)!.slots.flatMap(({ document }) => document.built));
    for (const state of open) {
      const watched = this.#judge.looksUp(state) ? this.#watchedOf(state) : undefined;
      if (watched === undefined || !this.db.isStale(watched)) continue;
      if (pause()) return false;
      this.#refresh(watched);
    }
    for (const watched of this.db.stale(this.#findings)) {
      if (pause()) return false;
      this.#refresh(watched);
    }
    return this.db.staleCount === 0;
  }

  #refresh(watched: NonNullable<BuiltResource['findings']>): void {
    const before = watched.value;
    const after = this.db.valueOf(watched);
    if (before !== after && !((before?.length ?? 0) === 0 && after.length === 0)) this.#touch(watched.key);
  }

  #touch(state: ResourceState): void {
    this.#changed.add(state.resource.uri);
    for (const { origin } of state.segments) this.#changed.add(origin.uri);
  }

  /** Whether some findings of open files wait to be computed. */
  get hasStale(): boolean {
    return this.db.staleCount > 0;
  }

  /** Files whose diagnostics may differ since the last call. */
  takeChanged(): readonly string[] {
    if (this.#turned.size > 0) {
      for (const { uri } of this.#files.values())
        if (this.#plan.placementsOf(uri).some((it) => this.#turned.has(it.scope))) this.#changed.add(uri);
      this.#turned.clear();
    }
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  definitionsOf(state: ResourceState): readonly Definition[] {
    return state.facts.definitions;
  }

  referencesOf(state: ResourceState): readonly Reference[] {
    return state.facts.references;
  }

  referencesTo(lookup: Lookup<unknown> | Table<unknown>, key: string): readonly Reference[] {
    return this.store.referencesTo(lookup, key);
  }

  /** What a reference leads to, in the scope of its resource. Empty where nothing at hand defines it. */
  resolve(reference: Reference): readonly Definition[] {
    const lookup = this.#lookups.get(reference.lookup);
    if (!lookup) return [];
    const answer: unknown = this.look(reference.scope).get(lookup as Lookup<unknown>, reference.key);
    return Array.isArray(answer) ? (answer as readonly Definition[]) : [];
  }

  /** Every reference that leads to a definition, by whichever lookup. */
  referencesToDefinition(definition: Definition): readonly Reference[] {
    const found = new Set<Reference>();
    for (const lookup of this.#lookups.values()) {
      if (!lookup.of.some((table) => table.name === definition.table)) continue;
      for (const key of lookup.keysLeadingTo(definition)) {
        for (const reference of this.store.referencesTo(lookup, key)) {
          if (
            this.resolve(reference).some(
              (it) => it.resource === definition.resource && it.table === definition.table && it.key === definition.key,
            )
          )
            found.add(reference);
        }
      }
    }
    return [...found];
  }

  get<T>(setting: Setting<T>): T {
    return this.db.get(setting.input, '');
  }

  /**
   * Finds what the documents of a file show by their text alone, for another host to take over with `FileChange.prepared`. Meant for a host
   * without files of its own; kustomizations and charts are nothing for it.
   */
  prepare(uri: string, text: string): PreparedFile {
    return this.#maker.prepare(uri, text);
  }

  /** What of the settings decides what is prepared. */
  get choices(): string {
    return this.#judge.choices;
  }

  #applyOne({ uri, text, version, open, prepared }: FileChange, mayWait: boolean): void {
    const before = this.#files.get(uri);
    this.#changed.add(uri);
    if (text === undefined) {
      if (before) this.#replaceDocuments(uri, before.slots, []);
      if (this.#files.delete(uri)) this.#countFile(uri, -1);
      this.#open.delete(uri);
      this.#waiting.delete(uri);
      this.#onDisk.clear();
      return;
    }
    const isOpen = open ?? before?.open ?? false;
    if (isOpen) this.#open.add(uri);
    else this.#open.delete(uri);
    const waits = isOpen && mayWait;
    if (before?.text === text && (waits || !before.slots.some(({ document }) => (document as Document).waits))) {
      this.#files.set(uri, new File(uri, text, version, isOpen, before.slots));
      if (before.open !== isOpen) for (const { document } of before.slots) this.#maker.keepTree(document as Document, isOpen);
      return;
    }
    const known = (before?.slots ?? []).filter(({ document }) => waits || !(document as Document).waits);
    // What came of a document depends on the others of its file, too.
    const slots = this.#maker.slots(uri, text, this.#rendered.has(uri) ? [] : known, waits ? known : [], isOpen ? undefined : prepared);
    if (slots.some(({ document }) => (document as Document).waits)) this.#waiting.add(uri);
    else this.#waiting.delete(uri);
    for (const { document } of slots) this.#maker.keepTree(document as Document, isOpen);
    this.#files.set(uri, new File(uri, text, version, isOpen, slots));
    if (before === undefined) this.#countFile(uri, 1);
    this.#replaceDocuments(uri, before?.slots ?? [], slots);
  }

  #replaceDocuments(uri: string, before: readonly Slot[], after: readonly Slot[]): void {
    this.db.reload(resourcesOfFile.input, uri);
    const kept = new Set(after.map((slot) => slot.document));
    for (const { document } of before) {
      if (kept.has(document)) continue;
      this.#judge.countMentions((document as Document).systems, -1);
      this.#maker.forget(document as Document);
      for (const state of document.built) {
        for (const { origin } of state.segments.slice(1)) {
          const users = this.#users.get(origin.uri);
          if (users?.delete(state) && users.size === 0) this.#users.delete(origin.uri);
        }
        if (state.segments.length > 1) this.#touch(state);
        this.store.remove(state.facts);
        this.#besideNamed(state);
        this.#count(state, -1);
        this.#countPatches(state, -1);
        if (this.#resources.get(state.resource.id)?.document === document) this.#resources.delete(state.resource.id);
      }
    }
    const old = new Set(before.map((slot) => slot.document));
    for (const { document } of after) {
      if (old.has(document)) continue;
      this.#judge.countMentions((document as Document).systems, 1);
      for (const state of document.built) {
        if (state.segments.length > 1) this.#addUser(state);
        this.store.add(state.facts, this.#isBulk);
        this.#besideNamed(state);
        this.#count(state, 1);
        this.#countPatches(state, 1);
        this.#resources.set(state.resource.id, state);
      }
    }
    for (const { document } of before) {
      if (kept.has(document)) continue;
      for (const state of document.built as readonly BuiltResource[]) {
        if (state.findings) this.#handOn(state.findings, this.#resources.get(state.resource.id) as BuiltResource | undefined);
        state.findings = undefined;
      }
    }
    for (const { document } of after) {
      if (old.has(document)) continue;
      for (const state of document.built) this.#outdate(state as BuiltResource);
    }
  }

  #addUser(state: ResourceState): void {
    for (const { origin } of state.segments.slice(1)) {
      const users = this.#users.get(origin.uri);
      if (users) users.add(state);
      else this.#users.set(origin.uri, new Set([state]));
    }
    this.#touch(state);
  }

  /** A resource whose document is another now keeps what was found, until it is found again. */
  #handOn(findings: NonNullable<BuiltResource['findings']>, state: BuiltResource | undefined): void {
    if (state === undefined || state.findings) this.db.drop(findings);
    else state.findings = findings;
  }

  #countHiding(scope: ScopeId, by: 1 | -1): void {
    const before = this.#hiding.get(scope) ?? 0;
    if (before + by > 0) this.#hiding.set(scope, before + by);
    else this.#hiding.delete(scope);
    if (before === 0 || before + by === 0) this.#turned.add(scope);
  }

  #count(state: ResourceState, by: 1 | -1): void {
    const { kind } = state;
    if ((state as BuiltResource).hidesNames) this.#countHiding(state.resource.scope, by);
    if (kind) this.#bySystem.set(kind.system, (this.#bySystem.get(kind.system) ?? 0) + by);
  }

  /**
   * Whether nothing is to be said of a file, told by what is at hand alone: so it is with most files, and all are asked for when a workspace
   * is read. Where something would have to be found out first, it is not known to be clean.
   */
  isKnownClean(file: SourceFile): boolean {
    if (this.#options.runsAll || (file as File).maySilence || this.#users.has(file.uri)) return false;
    return file.slots.every(({ document }) => {
      const { foreign, problems, built } = document as Document;
      const saysNothing = foreign === undefined ? problems?.length === 0 : foreign !== 'unknown-kind';
      return saysNothing && built.every((it) => this.#hasNoFindings(it as BuiltResource));
    });
  }

  #hasNoFindings(state: BuiltResource): boolean {
    if (!this.#judge.isKnownClean(state)) return false;
    const { findings } = state.memo;
    return findings ? !this.db.isStale(findings) && findings.value?.length === 0 : !this.#judge.looksUp(state);
  }

  /** What the YAML reader has to say of a document. */
  problemsOf(document: DocumentState): readonly SyntaxProblem[] {
    return (document as Document).problems ?? document.parse().problems;
  }

  /** Tells the host's owner about a bug of ours, once for each `what`. */
  reportFailure(what: string, resource: Resource, error: unknown): void {
    this.#judge.reportFailure(what, resource, error);
  }
}

/** Scopes of settings: `{ name, files, namespace }`, their globs counted from the folder of the settings file. */
function namedScopes(settings: Settings): readonly NamedScope[] {
  const scopes = settings['scopes'];
  const root = settings['overridesRoot'];
  if (!Array.isArray(scopes) || typeof root !== 'string') return [];
  return (scopes as readonly unknown[]).flatMap((scope): NamedScope[] => {
    if (typeof scope !== 'object' || scope === null) return [];
    const { name, files, namespace } = scope as { readonly name?: unknown; readonly files?: unknown; readonly namespace?: unknown };
    if (typeof name !== 'string') return [];
    const globs = (Array.isArray(files) ? (files as readonly unknown[]) : [files]).filter((it): it is string => typeof it === 'string');
    const tests = globs.map((it) => glob(it));
    return [
      {
        name,
        namespace: typeof namespace === 'string' ? namespace : undefined,
        key: JSON.stringify(scope),
        includes: (uri) => uri.startsWith(`${root}/`) && tests.some((it) => it(decodeURIComponent(uri.slice(root.length + 1)))),
      },
    ];
  });
}

/** Whether a document holds a resource of some kinds, or might from now on. */
function isOfKind({ text, foreign, built }: DocumentState, kinds: ReadonlySet<string>, moved: ReadonlySet<string>): boolean {
  if (foreign === undefined) return built.some(({ resource }) => kinds.has(`${resource.group}/${resource.kind}`));
  if (moved.size === 0) return false;
  const { apiVersion, kind } = readHeader(text);
  return apiVersion !== undefined && kind !== undefined && moved.has(`${groupOf(apiVersion)}/${kind.replace(/List$/, '')}`);
}

/** A file that comes to a folder, or goes, by which there are one more or one less. */
interface Arrival {
  readonly folder: Folder;
  readonly by: number;
}

/** How many files more there are about to be below folders. */
function countedBelow(arrivals: readonly Arrival[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { folder, by } of arrivals)
    for (let at: Folder | undefined = folder; at !== undefined; at = at.above) counts.set(at.uri, (counts.get(at.uri) ?? 0) + by);
  return counts;
}

function isRenderedAlike(a: ReadonlyMap<ScopeId, RenderedFile> | undefined, b: ReadonlyMap<ScopeId, RenderedFile> | undefined): boolean {
  if (a?.size !== b?.size) return false;
  return [...(a ?? [])].every(([scope, it]) => {
    const other = b?.get(scope);
    return other?.source === it.source && isEqual(other.documents, it.documents);
  });
}

const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const CHART_NAMES = ['Chart.yaml'];
const NO_NAMES: readonly string[] = [];

/** What is known of a path by the disk. */
interface OnDisk {
  readonly isThere: boolean;
  /** Those of a kustomization and a chart that are right below it. */
  readonly names: readonly string[];
}

const MANY_FILES = 100;

/** Resources whose neighbours may still be on their way while a workspace is read. */
const LATELY = 1000;

/** Of documents that no module reads, those that may be read for a value that a replacement takes. */
const LARGEST_SOURCE = 100_000;
