import { extractFacts, FactStore, NO_FACTS, type Facts } from '../index/store.js';
import { settingIn, settings as settingsInput, type Settings } from '../index/settings.js';
import { lookupsIn, visibility, type Lookup, type Lookups, type Setting, type Table } from '../index/tables.js';
import type { Definition, Reference } from '../model/facts.js';
import { defineKind, type Kind } from '../model/kind.js';
import type { Resource, ResourceId, ScopeId } from '../model/resource.js';
import { Database, input, isEqual, query } from '../query/database.js';
import type { MeshModule } from '../rules/module.js';
import type { Rule } from '../rules/rule.js';
import { runRules, type Found } from '../rules/runner.js';
import {
  DocumentResource,
  foreignness,
  groupOf,
  headlessIdentity,
  identityOf,
  resourceIdOf,
  resourceMaps,
  type Foreign,
  type KindOf,
} from '../sources/documents.js';
import { isScopeFile, NO_SCOPES, planScopes, type Placement, type ScopePlan } from '../sources/scopes.js';
import type { SchemaSet } from '../schema/schemas.js';
import { CustomKinds } from './custom-kinds.js';
import { schemaChoices } from './schema-choices.js';
import { LineIndex } from '../text/line-index.js';
import type { SyntaxProblem, YamlDocument } from '../yaml/document.js';
import { readHeader } from '../yaml/header.js';
import type { YamlMap } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { splitDocuments } from '../yaml/split.js';
import { schemaProblems } from './schema-diagnostics.js';

/** A file as it is now, or that it is gone. Content is told as VS Code reads it: no byte-order mark. */
export interface FileChange {
  readonly uri: string;
  /** Undefined: the file was deleted. */
  readonly text: string | undefined;
  readonly version?: number | undefined;
  /** Open in an editor: checked first, its trees are kept. */
  readonly open?: boolean;
}

/** One YAML document of a file, at the offset where it begins today. */
export interface Slot {
  readonly start: number;
  readonly document: DocumentState;
}

/** A document and everything derived from its text alone. The same object serves for as long as the text stays the same. */
export interface DocumentState {
  readonly text: string;
  readonly foreign: Foreign | undefined;
  /** What the document states, in the first scope that it is in. */
  readonly resources: readonly ResourceState[];
  /** The same in every scope that it is in. */
  readonly built: readonly ResourceState[];
  readonly parse: () => YamlDocument;
}

export interface ResourceState {
  readonly resource: Resource;
  readonly kind: Kind | undefined;
  readonly facts: Facts;
  readonly document: DocumentState;
  /** Kind and name as the document states them, before a kustomization gives it another name. */
  readonly stated: { readonly kind: string; readonly name: string };
  /** A patch of its scope changes it, so that any of its values may be another one once applied. */
  readonly isPatched: boolean;
}

export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly version: number | undefined;
  readonly open: boolean;
  readonly slots: readonly Slot[];
  readonly lines: LineIndex;
}

export interface HostOptions {
  readonly modules: readonly MeshModule[];
  /** Without them, nothing is checked against schemas. */
  readonly schemas?: SchemaSet | undefined;
  /** Told once per rule or kind that throws; `where` names the resource, never its content. */
  readonly onFailure?: (what: string, where: string, error: unknown) => void;
}

/** Text of trees kept for closed files, in UTF-16 units; trees are about ten times that. */
const TREE_BUDGET = 500_000;

/** Kinds whose names Kustomize leaves alone. */
const KEEPS_NAME = ['Namespace', 'CustomResourceDefinition', 'APIService'];

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
  readonly #rules: ReadonlyMap<Kind, { readonly own: readonly Rule[]; readonly cross: readonly Rule[] }>;
  /** What systems read in kinds of others, by `group/Kind`. */
  readonly #extensions = new Map<string, readonly Kind['extract'][]>();
  /** Files that settings name as documents of a kind without its header, by URI. */
  #headless: ReadonlyMap<string, Kind> = new Map();
  #schemas: SchemaSet | undefined;
  readonly #customKinds = new CustomKinds();
  /** Counts changes of the settings that schemas depend on. */
  #schemaChoices = 0;
  /** Kinds that no module reads, and that have a schema. */
  readonly #schemaKinds = new Map<string, Kind | undefined>();
  readonly #failed = new Set<string>();
  readonly #changed = new Set<string>();
  /** Lookups that references name, by name. */
  readonly #lookups: ReadonlyMap<string, Lookup<unknown>>;
  readonly #trees = new Map<Document, YamlDocument>();
  #latest: { readonly document: Document; readonly tree: YamlDocument } | undefined;
  #treeSize = 0;
  #plan: ScopePlan = NO_SCOPES;
  readonly #scopeFiles = new Set<string>();
  readonly #options: HostOptions;

  /** Ever new value per resource, so that its findings are stale when its document is. */
  readonly #subject = input<ResourceState | undefined>('subject', undefined);
  readonly #findings = query<readonly Found[]>(
    'findings',
    (db, id) => this.#check(db.get(this.#subject, id), lookupsIn(db, this.#resources.get(id)?.resource.scope ?? '')),
    {
      observed: true,
    },
  );

  constructor(options: HostOptions) {
    this.#options = options;
    this.modules = options.modules;
    const kinds = new Map<string, Kind>();
    for (const module of this.modules) for (const kind of module.kinds) kinds.set(`${kind.group}/${kind.kind}`, kind);
    this.kindOf = (group, kind) => kinds.get(`${group}/${kind}`) ?? this.#kindWithSchema(group, kind);
    this.#schemas = options.schemas;
    for (const { extensions = [] } of this.modules)
      for (const { kinds: names, extract } of extensions)
        for (const name of names) this.#extensions.set(name, [...(this.#extensions.get(name) ?? []), extract]);
    this.#rules = rulesByKind(this.modules, kinds);
    this.#lookups = new Map(this.modules.flatMap((module) => module.lookups.map((lookup) => [lookup.name, lookup])));
    this.store = new FactStore(
      this.db,
      this.modules.flatMap((module) => module.tables as readonly Table<unknown>[]),
    );
    this.db.provide(this.#subject, (id) => this.#resources.get(id));
  }

  /** Takes over what changed. Cheap: facts of changed documents only; findings wait for `work` or `findingsOf`. */
  apply(changes: readonly FileChange[]): void {
    const before = new Set(this.#customKinds.schemas.keys());
    const custom = this.#schemas === undefined ? [] : this.#customKinds.take(changes);
    if (custom.length > 0) this.#chooseSchemas();
    this.#updatePlan(changes);
    for (const change of changes) this.#applyOne(change);
    if (custom.length > 0) {
      const moved = custom.filter((key) => before.has(key) !== this.#customKinds.schemas.has(key));
      this.#readAnew(new Set(custom), new Set(moved));
    }
    this.store.commit();
  }

  /** Takes over what settings and CRDs of the workspace say of schemas. */
  #chooseSchemas(): void {
    this.#schemas = this.#options.schemas?.choosing({ ...schemaChoices(this.settings), custom: this.#customKinds.schemas });
    this.#schemaKinds.clear();
  }

  /** Documents of kinds whose CRD changed are judged anew; of those whose CRD came or went, they may be known from now on, or no longer. */
  #readAnew(kinds: ReadonlySet<string>, moved: ReadonlySet<string>): void {
    for (const file of [...this.#files.values()]) {
      const concerned = file.slots.filter(({ document }) => isOfKind(document, kinds, moved));
      if (concerned.length === 0) continue;
      this.#changed.add(file.uri);
      if (concerned.every(({ document }) => foreignness(document.text, this.kindOf) === document.foreign)) continue;
      const slots = this.#slots(
        file.uri,
        file.text,
        file.slots.filter((it) => !concerned.includes(it)),
      );
      this.#files.set(file.uri, new File(file.uri, file.text, file.version, file.open, slots));
      this.#replaceDocuments(file.slots, slots);
    }
  }

  /** A kind that has a schema and no module: there is nothing to know of it but what the schema says. */
  #kindWithSchema(group: string, name: string): Kind | undefined {
    const key = `${group}/${name}`;
    if (!this.#schemaKinds.has(key)) {
      const found = this.#schemas?.kind(group, name) ?? this.#schemas?.elsewhere(`${group}/`, name)?.kind;
      // Of Kubernetes' own kinds, modules name those that matter.
      const isWanted = found !== undefined && found.system !== 'kubernetes';
      const { namespaced, system, versions } = found ?? { namespaced: true, system: '', versions: {} };
      this.#schemaKinds.set(
        key,
        isWanted ? defineKind({ group, kind: name, namespaced, system, versions: Object.keys(versions) }) : undefined,
      );
    }
    return this.#schemaKinds.get(key);
  }

  /** What is applied together, and how that was found. */
  get plan(): ScopePlan {
    return this.#plan;
  }

  /** Scopes follow kustomizations, charts and patches; nothing of this happens on a keystroke elsewhere. */
  #updatePlan(changes: readonly FileChange[]): void {
    const concerned = changes.filter(({ uri }) => isScopeFile(uri) || this.#plan.patchFiles.has(uri));
    // A patch may come after the kustomization that names it, which the plan then already knows.
    if (concerned.length === 0) return;
    for (const { uri, text } of concerned) {
      if (!isScopeFile(uri)) continue;
      if (text === undefined) this.#scopeFiles.delete(uri);
      else this.#scopeFiles.add(uri);
    }
    const changed = new Map(changes.map((it) => [it.uri, it.text]));
    const plan = planScopes({
      scopeFiles: this.#scopeFiles,
      textOf: (uri) => (changed.has(uri) ? changed.get(uri) : this.#files.get(uri)?.text),
    });
    if (plan.signature === this.#plan.signature) return;
    const before = this.#plan;
    this.#plan = plan;
    this.db.set(visibility.input, '', { sees: plan.sees });
    for (const file of [...this.#files.values()]) {
      if (!this.#isPlacedAnew(file, before)) continue;
      const slots = this.#slots(file.uri, file.text, []);
      this.#files.set(file.uri, new File(file.uri, file.text, file.version, file.open, slots));
      this.#replaceDocuments(file.slots, slots);
      this.#changed.add(file.uri);
    }
  }

  #isPlacedAnew(file: SourceFile, before: ScopePlan): boolean {
    const placements = this.#plan.placementsOf(file.uri);
    if (!isEqual(before.placementsOf(file.uri), placements)) return file.slots.some(({ document }) => document.foreign === undefined);
    return file.slots.some(({ document }) =>
      document.built.some(({ resource, stated, isPatched }) => {
        const placement = placements.find((it) => it.scope === resource.scope);
        return isPatched !== (placement?.isPatch === false && this.#plan.isPatched(resource.scope, stated));
      }),
    );
  }

  setSettings(tree: Settings): void {
    const before = schemaChoices(this.settings);
    if (!this.db.set(settingsInput.input, '', tree)) return;
    for (const uri of this.#files.keys()) this.#changed.add(uri);
    this.#takeHeadless(tree);
    if (isEqual(before, schemaChoices(tree))) return;
    this.#schemaChoices++;
    this.#chooseSchemas();
  }

  #takeHeadless(tree: Settings): void {
    const before = this.#headless;
    const after = new Map<string, Kind>();
    for (const { kinds } of this.modules) {
      for (const kind of kinds) {
        const uri = kind.headless && settingIn(tree, ...kind.headless.setting);
        if (typeof uri === 'string') after.set(uri, kind);
      }
    }
    this.#headless = after;
    for (const uri of new Set([...before.keys(), ...after.keys()])) {
      const file = this.#files.get(uri);
      if (file === undefined || before.get(uri) === after.get(uri)) continue;
      const slots = this.#slots(uri, file.text, []);
      this.#files.set(uri, new File(uri, file.text, file.version, file.open, slots));
      this.#replaceDocuments(file.slots, slots);
    }
    this.store.commit();
  }

  /** Schemas as settings choose them, with the CRDs of the workspace. Ever new ones after a change. */
  get schemas(): SchemaSet | undefined {
    return this.#schemas;
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

  /** Where a document stands in its file now; undefined when it is gone. */
  slotOf(state: ResourceState): Slot | undefined {
    return this.#files.get(state.resource.uri)?.slots.find((slot) => slot.document === state.document);
  }

  look(scope: ScopeId = ''): Lookups {
    return lookupsIn(this.db, scope);
  }

  /** Findings that a resource's own document shows, whatever else there is. */
  ownFindingsOf(state: ResourceState): readonly Found[] {
    return this.#own(state);
  }

  /** Findings of a resource, own and cross-resource, up to date. */
  findingsOf(state: ResourceState): readonly Found[] {
    return [...this.#own(state), ...this.db.get(this.#findings, state.resource.id)];
  }

  /** What the cross-resource findings of a resource looked up, for "why do I see this?". */
  readsOf(id: ResourceId): readonly { source: string; key: string; value: unknown }[] {
    return this.db.readsOf(this.#findings, id);
  }

  /**
   * Brings stale findings up to date, open files first, until all are fresh or `pause` says so (asked between resources).
   * Returns whether everything is fresh.
   */
  work(pause: () => boolean = () => false): boolean {
    const open = [...this.#open].flatMap((uri) => this.#files.get(uri)!.slots.flatMap(({ document }) => document.built));
    for (const { resource } of open) {
      if (!this.db.isStale(this.#findings, resource.id)) continue;
      if (pause()) return false;
      this.#refresh(resource.id);
    }
    for (const id of this.db.staleKeys(this.#findings)) {
      if (pause()) return false;
      this.#refresh(id);
    }
    return this.db.staleCount === 0;
  }

  #refresh(id: ResourceId): void {
    const state = this.#resources.get(id);
    if (!state) {
      this.db.drop(this.#findings, id);
      return;
    }
    const before = this.db.peek(this.#findings, id);
    const after = this.db.get(this.#findings, id);
    if (before !== after && !((before?.length ?? 0) === 0 && after.length === 0)) this.#changed.add(state.resource.uri);
  }

  /** Whether some findings of open files wait to be computed. */
  get hasStale(): boolean {
    return this.db.staleCount > 0;
  }

  /** Files whose diagnostics may differ since the last call. */
  takeChanged(): readonly string[] {
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

  #applyOne({ uri, text, version, open }: FileChange): void {
    const before = this.#files.get(uri);
    this.#changed.add(uri);
    if (text === undefined) {
      if (before) this.#replaceDocuments(before.slots, []);
      this.#files.delete(uri);
      this.#open.delete(uri);
      return;
    }
    const isOpen = open ?? before?.open ?? false;
    if (isOpen) this.#open.add(uri);
    else this.#open.delete(uri);
    if (before?.text === text) {
      this.#files.set(uri, new File(uri, text, version, isOpen, before.slots));
      return;
    }
    const slots = this.#slots(uri, text, before?.slots ?? []);
    this.#files.set(uri, new File(uri, text, version, isOpen, slots));
    this.#replaceDocuments(before?.slots ?? [], slots);
  }

  /** Documents of the new text; those with equal text and equal identities are the old objects. */
  #slots(uri: string, text: string, before: readonly Slot[]): readonly Slot[] {
    const old = new Map<string, Document[]>();
    for (const { document } of before) {
      const list = old.get(document.text);
      if (list) list.push(document as Document);
      else old.set(document.text, [document as Document]);
    }
    const ordinals = new Map<string, number>();
    return splitDocuments(text).map(({ start, text: documentText }) => {
      const kept = old.get(documentText)?.shift();
      if (kept && this.#keepsIds(uri, kept, ordinals)) {
        // A piece of the text before would keep all of that text in memory.
        kept.text = documentText;
        return { start, document: kept };
      }
      return { start, document: this.#makeDocument(uri, documentText, ordinals) };
    });
  }

  /** Whether a document's resources would get the ids they have; counts them if so. */
  #keepsIds(uri: string, document: DocumentState, ordinals: Map<string, number>): boolean {
    const counted = new Map<string, number>();
    for (const { resource } of document.built) {
      const base = resourceIdOf(resource.scope, uri, resource, 1);
      const ordinal = (counted.get(base) ?? ordinals.get(base) ?? 0) + 1;
      if (resourceIdOf(resource.scope, uri, resource, ordinal) !== resource.id) return false;
      counted.set(base, ordinal);
    }
    for (const [base, ordinal] of counted) ordinals.set(base, ordinal);
    return true;
  }

  #makeDocument(uri: string, text: string, ordinals: Map<string, number>): Document {
    const headless = this.#headless.get(uri);
    const ofHeader = foreignness(text, this.kindOf);
    const foreign = headless !== undefined && ofHeader === 'no-manifest' ? undefined : ofHeader;
    const document = new Document(text, foreign, this.#read);
    if (foreign !== undefined) return document;
    const built: ResourceState[] = [];
    const resources: ResourceState[] = [];
    const placements = this.#plan.placementsOf(uri);
    for (const { root, item } of resourceMaps(document.parse())) {
      for (const placement of placements) {
        const state = this.#build(uri, document, root, item, placement, ordinals);
        if (state === undefined) continue;
        built.push(state);
        if (placement === placements[0]) resources.push(state);
      }
    }
    document.built = exact(built);
    document.resources = resources.length === built.length ? document.built : exact(resources);
    // Now that the tree is at hand: a closed file's tree will be gone when its findings are asked for.
    for (const state of built) this.#own(state);
    return document;
  }

  /** A resource as a scope applies it. */
  #build(
    uri: string,
    document: Document,
    root: YamlMap,
    item: number | undefined,
    placement: Placement,
    ordinals: Map<string, number>,
  ): BuiltResource | undefined {
    const headless = this.#headless.get(uri);
    const stated = identityOf(root, this.kindOf) ?? (headless && headlessIdentity(headless));
    if (stated === undefined) return undefined;
    const { scope } = placement;
    const isNamespaced = stated.known?.namespaced !== false;
    const { prefix, suffix } = placement.build;
    const isRenamed = stated.name !== '' && (prefix !== '' || suffix !== '') && !KEEPS_NAME.includes(stated.kind);
    const identity = {
      ...stated,
      namespace: isNamespaced ? (placement.namespace ?? stated.namespace) : undefined,
      name: isRenamed ? prefix + stated.name + suffix : stated.name,
    };
    const base = resourceIdOf(scope, uri, identity, 1);
    const ordinal = (ordinals.get(base) ?? 0) + 1;
    ordinals.set(base, ordinal);
    const isPatched = !placement.isPatch && this.#plan.isPatched(scope, stated);
    const partial = placement.isPatch || isPatched;
    const resource = new DocumentResource(
      resourceIdOf(scope, uri, identity, ordinal),
      uri,
      scope,
      identity,
      partial,
      placement.build,
      root,
      item,
      document,
    );
    const facts = this.#facts(identity.known, resource);
    // The resource that a patch changes is defined where it stands whole.
    return {
      resource,
      kind: identity.known,
      facts: placement.isPatch ? { ...facts, definitions: [] } : facts,
      document,
      stated,
      isPatched,
      memo: { own: undefined, ofSchema: undefined, choices: 0, revision: 0 },
    };
  }

  #facts(kind: Kind | undefined, resource: Resource): Facts {
    if (kind === undefined) return NO_FACTS;
    try {
      return extractFacts([kind.extract, ...(this.#extensions.get(`${kind.group}/${kind.kind}`) ?? [])], resource);
    } catch (error) {
      this.reportFailure(`kind ${kind.kind}`, resource, error);
      return NO_FACTS;
    }
  }

  #replaceDocuments(before: readonly Slot[], after: readonly Slot[]): void {
    const kept = new Set(after.map((slot) => slot.document));
    for (const { document } of before) {
      if (kept.has(document)) continue;
      this.#forgetTree(document as Document);
      for (const state of document.built) {
        this.store.remove(state.facts);
        this.#count(state, -1);
        if (this.#resources.get(state.resource.id)?.document === document) this.#resources.delete(state.resource.id);
      }
    }
    const old = new Set(before.map((slot) => slot.document));
    for (const { document } of after) {
      if (old.has(document)) continue;
      for (const state of document.built) {
        this.store.add(state.facts);
        this.#count(state, 1);
        this.#resources.set(state.resource.id, state);
      }
    }
    for (const { document } of before) {
      if (kept.has(document)) continue;
      for (const { resource } of document.built) {
        this.db.reload(this.#subject, resource.id);
        if (!this.#resources.has(resource.id)) this.db.drop(this.#findings, resource.id);
      }
    }
    for (const { document } of after) {
      if (old.has(document)) continue;
      for (const { resource } of document.built) {
        this.db.reload(this.#subject, resource.id);
        this.db.observe(this.#findings, resource.id);
      }
    }
  }

  #count({ kind }: ResourceState, by: 1 | -1): void {
    if (kind) this.#bySystem.set(kind.system, (this.#bySystem.get(kind.system) ?? 0) + by);
  }

  /** One for all documents. */
  readonly #read = (document: Document): YamlDocument => this.#tree(document);

  #tree(document: Document): YamlDocument {
    // Rules ask for the tree of their resource over and over.
    if (document === this.#latest?.document) return this.#latest.tree;
    const kept = this.#trees.get(document);
    if (kept) {
      this.#trees.delete(document);
      this.#trees.set(document, kept); // most recently used last
      this.#latest = { document, tree: kept };
      return kept;
    }
    const parsed = parseDocument(document.text);
    document.problems = parsed.problems.length === 0 ? NO_PROBLEMS : parsed.problems;
    this.#trees.set(document, parsed);
    this.#latest = { document, tree: parsed };
    this.#treeSize += document.text.length;
    for (const oldest of this.#trees.keys()) {
      if (this.#treeSize <= TREE_BUDGET || oldest === document) break;
      this.#forgetTree(oldest);
    }
    return parsed;
  }

  /** What the YAML reader has to say of a document. */
  problemsOf(document: DocumentState): readonly SyntaxProblem[] {
    return (document as Document).problems ?? document.parse().problems;
  }

  #forgetTree(document: Document): void {
    if (document === this.#latest?.document) this.#latest = undefined;
    if (this.#trees.delete(document)) this.#treeSize -= document.text.length;
  }

  #own(state: ResourceState): readonly Found[] {
    const { memo } = state as BuiltResource;
    if (memo.own === undefined) {
      const rules = state.kind && this.#rules.get(state.kind)?.own;
      const ofRules = rules
        ? runRules(rules, state.resource, lookupsIn(this.db, state.resource.scope), (rule, resource, error) =>
            this.reportFailure(`rule ${rule.id}`, resource, error),
          )
        : NOTHING;
      memo.own = ofRules.length === 0 ? NOTHING : ofRules;
    }
    const ofSchema = this.#ofSchema(state);
    return ofSchema.length === 0 ? memo.own : [...ofSchema, ...memo.own];
  }

  #ofSchema(state: ResourceState): readonly Found[] {
    if (this.#schemas === undefined) return NOTHING;
    const { resource } = state;
    const { memo } = state as BuiltResource;
    const choices = this.#schemaChoices;
    const revision = this.#customKinds.revision(resource.group, resource.kind);
    if (memo.ofSchema !== undefined && memo.choices === choices && memo.revision === revision) return memo.ofSchema;
    let found: readonly Found[] = NOTHING;
    try {
      found = schemaProblems(this.#schemas, this.modules, resource);
    } catch (error) {
      this.reportFailure('schema', resource, error);
    }
    memo.choices = choices;
    memo.revision = revision;
    memo.ofSchema = found.length === 0 ? NOTHING : found;
    return memo.ofSchema;
  }

  #check(state: ResourceState | undefined, look: Lookups): readonly Found[] {
    const rules = state?.kind && this.#rules.get(state.kind)?.cross;
    // What a patch may have changed is not judged by what its own file says.
    if (!state || !rules || state.isPatched) return [];
    return runRules(rules, state.resource, look, (rule, resource, error) => this.reportFailure(`rule ${rule.id}`, resource, error));
  }

  /** Tells the host's owner about a bug of ours, once for each `what`. */
  reportFailure(what: string, resource: Resource, error: unknown): void {
    if (this.#failed.has(what)) return;
    this.#failed.add(what);
    this.#options.onFailure?.(what, `${resource.kind} ${resource.namespace ?? ''}/${resource.name}`, error);
  }
}

/** Whether a document holds a resource of some kinds, or might from now on. */
function isOfKind({ text, foreign, built }: DocumentState, kinds: ReadonlySet<string>, moved: ReadonlySet<string>): boolean {
  if (foreign === undefined) return built.some(({ resource }) => kinds.has(`${resource.group}/${resource.kind}`));
  if (moved.size === 0) return false;
  const { apiVersion, kind } = readHeader(text);
  return apiVersion !== undefined && kind !== undefined && moved.has(`${groupOf(apiVersion)}/${kind}`);
}

/** Nothing, ninety thousand times the same one. */
const NOTHING: readonly Found[] = [];
const NO_PROBLEMS: readonly SyntaxProblem[] = [];
const NO_RESOURCES: readonly ResourceState[] = [];

/** A resource with what its own document shows of it, as far as somebody asked, and by which schemas. */
interface BuiltResource extends ResourceState {
  readonly memo: {
    own: readonly Found[] | undefined;
    ofSchema: readonly Found[] | undefined;
    choices: number;
    revision: number;
  };
}

class Document implements DocumentState {
  built: readonly ResourceState[] = NO_RESOURCES;
  resources: readonly ResourceState[] = NO_RESOURCES;
  /** What the YAML reader said, kept when the tree is let go; undefined: it was not asked yet. */
  problems: readonly SyntaxProblem[] | undefined;
  readonly #read: (document: Document) => YamlDocument;

  constructor(
    public text: string,
    readonly foreign: Foreign | undefined,
    read: (document: Document) => YamlDocument,
  ) {
    this.#read = read;
  }

  parse(): YamlDocument {
    return this.#read(this);
  }
}

/** Lists grow with room for more than they come to hold; these are kept for long. */
function exact<T>(items: readonly T[]): readonly T[] {
  return items.slice();
}

class File implements SourceFile {
  #lines: LineIndex | undefined;

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly version: number | undefined,
    readonly open: boolean,
    readonly slots: readonly Slot[],
  ) {}

  get lines(): LineIndex {
    // Of closed files positions are asked for seldom, and all at once.
    if (this.open) return (this.#lines ??= new LineIndex(this.text));
    return linesOf(this);
  }
}

let latestLines: { readonly file: SourceFile; readonly lines: LineIndex } | undefined;

function linesOf(file: SourceFile): LineIndex {
  if (latestLines?.file !== file) latestLines = { file, lines: new LineIndex(file.text) };
  return latestLines.lines;
}

function rulesByKind(modules: readonly MeshModule[], kinds: ReadonlyMap<string, Kind>): Map<Kind, { own: Rule[]; cross: Rule[] }> {
  const byKind = new Map<Kind, { own: Rule[]; cross: Rule[] }>();
  const kubernetes = modules.find((module) => module.id === 'kubernetes');
  for (const module of modules) {
    for (const rule of module.rules) {
      for (const name of rule.kinds) {
        const kind =
          (name.includes('/') ? kinds.get(name) : undefined) ??
          module.kinds.find((it) => it.kind === name) ??
          kubernetes?.kinds.find((it) => it.kind === name);
        if (!kind) throw new Error(`rule ${rule.id} is about kind ${name}, which no module has`);
        const entry = byKind.get(kind) ?? { own: [], cross: [] };
        byKind.set(kind, entry);
        (Object.keys(rule.reads).length === 0 ? entry.own : entry.cross).push(rule);
      }
    }
  }
  return byKind;
}
