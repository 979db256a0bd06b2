import type { ResourceId, ScopeId } from '../model/resource.js';
import { ALL_WORDS } from '../rules/dispatch.js';
import {
  asOnKubernetes,
  DocumentResource,
  foreignness,
  headlessIdentity,
  identityOf,
  marksIn,
  resourceIdOf,
  resourceMaps,
  type KindOf,
  type ResourceIdentity,
} from '../sources/documents.js';
import { build, type BuildContext } from '../sources/kustomize/build.js';
import { generatedTree } from '../sources/kustomize/generated.js';
import type { Identity } from '../sources/kustomize/kustomization.js';
import { asFarAsKnown, oneBranch } from '../sources/branches.js';
import { cameOf, onTemplate, type RenderedFile } from '../sources/rendering.js';
import { isScopeFile, NO_SCOPES, type Placement, type ScopePlan } from '../sources/scopes.js';
import type { Judge } from './judge.js';
import type { KnownKinds } from './known-kinds.js';
import type { KnownSchemas } from './known-schemas.js';
import {
  byRuleId,
  identityAlone,
  keepsWhatIsStated,
  owned,
  unowned,
  type PreparedDocument,
  type PreparedFile,
  type PreparedResource,
} from './prepared.js';
import {
  BuiltResource,
  Document,
  exact,
  NO_PATCHES,
  NO_SEGMENTS,
  type DocumentState,
  type Making,
  type ResourceState,
  type Slot,
} from './state.js';
import { folderOf } from '../text/uri.js';
import type { SyntaxProblem, YamlDocument } from '../yaml/document.js';
import type { YamlMap } from '../yaml/node.js';
import { movedDocument } from '../yaml/moved.js';
import { parseDocument, parseFast } from '../yaml/parse.js';
import { documentsAt, splitDocuments } from '../yaml/split.js';

export interface MakerOptions {
  readonly kinds: KnownKinds;
  readonly schemas: KnownSchemas;
  readonly judge: Judge;
  readonly plan: () => ScopePlan;
  /** What resources of a scope take from one another. */
  readonly contextOf: (scope: ScopeId) => BuildContext;
  /** What Helm made of a template, by scope. */
  readonly renderedIn: (uri: string) => ReadonlyMap<ScopeId, RenderedFile> | undefined;
  /** Whether facts of all systems are asked for, mentioned or not. */
  readonly runsAll: boolean;
}

/** Makes documents of files, and of these the resources that each scope gets; and prepares them for other hosts. */
export class DocumentMaker {
  readonly #options: MakerOptions;
  readonly #kindOf: KindOf;
  /**
   * The tree that was asked for last: rules ask for that of their resource over and over. No more trees of closed files are kept, so that
   * they die young while a workspace is read; those that live for some collections cost more than to be made again.
   */
  #latest: { readonly document: Document; readonly tree: YamlDocument } | undefined;

  constructor(options: MakerOptions) {
    this.#options = options;
    this.#kindOf = options.kinds.of;
  }

  /**
   * Documents of the new text; those with equal text and equal identities are the old objects. What was known of `typedIn` may stand in for
   * what takes long to read.
   */
  slots(
    uri: string,
    text: string,
    before: readonly Slot[],
    typedIn: readonly Slot[] = [],
    prepared: PreparedFile | undefined = undefined,
  ): readonly Slot[] {
    const old = new Map<string, Document[]>();
    for (const { document } of before) {
      const list = old.get(document.text);
      if (list) list.push(document as Document);
      else old.set(document.text, [document as Document]);
    }
    const ordinals = new Map<string, number>();
    const pieces = prepared === undefined ? splitDocuments(text) : documentsAt(text, prepared.starts);
    const rendered = this.#cameOf(uri, text, pieces);
    const formers = formersOf(pieces, typedIn);
    let changed = 0;
    return pieces.map(({ start, text: documentText }, i) => {
      // Finding a text goes through all of it.
      const kept = old.size === 0 ? undefined : old.get(documentText)?.shift();
      if (kept && this.#keepsIds(uri, kept, ordinals)) {
        // A piece of the text before would keep all of that text in memory.
        kept.text = documentText;
        return { start, document: kept };
      }
      // A document may have become two, or two have become one.
      const former = kept ?? formers[Math.min(changed++, formers.length - 1)];
      const found = rendered === undefined && former === undefined ? prepared?.documents[i] : undefined;
      const taken = found && this.#takePrepared(uri, documentText, found, prepared!.choices, ordinals);
      if (taken) return { start, document: taken };
      return { start, document: this.#makeDocument(uri, documentText, ordinals, rendered?.[i], former) };
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

  /** For each document of a template, what came of it in which scope. */
  #cameOf(uri: string, text: string, pieces: readonly { readonly text: string }[]): readonly Came[] | undefined {
    const known = [...(this.#options.renderedIn(uri) ?? [])].filter(([, it]) => it.source === text);
    if (known.length === 0) return undefined;
    const shares = pieces.map(() => new Map<ScopeId, readonly string[]>());
    for (const [scope, { documents }] of known) {
      cameOf(
        pieces.map((it) => it.text),
        documents,
      ).forEach((share, i) => shares[i]!.set(scope, share));
    }
    return shares;
  }

  #makeDocument(uri: string, text: string, ordinals: Ordinals, came?: Came, former?: Document): Document {
    const headless = this.#options.kinds.headlessIn(uri);
    const ofHeader = foreignness(text, this.#kindOf);
    const foreign = headless !== undefined && ofHeader === 'no-manifest' ? undefined : ofHeader;
    const document = new Document(text, foreign, this.#options.judge.systemsIn(text), this.#read);
    if (foreign === undefined && former !== undefined && text.length > LARGE) this.#readLater(document, former);
    if (came && this.#takeRendered(uri, document, ordinals, came)) return document;
    if (foreign !== undefined) {
      document.built = this.#generated(uri, document, ordinals);
      return document;
    }
    const built: ResourceState[] = [...this.#generated(uri, document, ordinals)];
    const resources: ResourceState[] = [];
    let latest: number | undefined = -1;
    // A kustomization is applied by nobody.
    const placements = isScopeFile(uri) ? NO_SCOPES.placementsOf(uri) : this.#options.plan().placementsOf(uri);
    for (const { root, item } of resourceMaps(document.parse())) {
      for (const placement of placements) {
        const state = this.#build(uri, document, root, item, placement, ordinals);
        if (state === undefined) continue;
        built.push(state);
        if (latest !== item) resources.push(state.asStated);
        latest = item;
      }
    }
    document.built = exact(built);
    document.resources =
      resources.length === built.length && resources.every((it, i) => it === built[i]) ? document.built : exact(resources);
    // Now that the tree is at hand: a closed file's tree will be gone when its findings are asked for.
    for (const state of built) this.#options.judge.own(state);
    return document;
  }

  /** Reads a large document at once where that is fast; else what was known of it before stands in until nobody types. */
  #readLater(document: Document, former: Document): void {
    const fast = (text: string): YamlDocument | undefined => {
      const tree = parseFast(text);
      return tree && asOnKubernetes(tree, this.#kindOf);
    };
    document.tree = fast(document.text);
    if (document.tree !== undefined) return;
    const before = former.tree ?? fast(former.text);
    if (before === undefined) return;
    document.waits = former.waits || before.text !== document.text;
    document.tree = movedDocument(before, document.text);
  }

  /** The resources that Helm made of a template's document. Tells whether there are any: else it counts as it is written. */
  #takeRendered(uri: string, document: Document, ordinals: Ordinals, came: Came): boolean {
    if ([...came.values()].every((it) => it.length === 0)) return false;
    const placements = this.#options.plan().placementsOf(isScopeFile(uri) ? `${folderOf(uri)}/templates/` : uri);
    const built = placements.flatMap((placement) => {
      const texts = came.get(placement.scope);
      if (texts === undefined) {
        const maps = document.foreign === undefined ? resourceMaps(document.parse()) : [];
        return maps.flatMap(({ root, item }) => this.#build(uri, document, root, item, placement, ordinals) ?? []);
      }
      return texts.flatMap((text) => {
        document.systems |= this.#options.judge.systemsIn(text);
        if (foreignness(text, this.#kindOf) !== undefined) return [];
        return resourceMaps(parseDocument(text)).flatMap(({ root: rendered }) => {
          const stated = identityOf(rendered, this.#kindOf);
          if (stated === undefined) return [];
          const root = onTemplate({ text: document.text, root: document.parse().root }, rendered);
          const state = this.#made(uri, document, { root, item: undefined, stated, isGenerated: true }, placement, ordinals);
          // Of a chart that is packed within this one, others take care.
          if (state && isScopeFile(uri)) state.kind = undefined;
          return state ?? [];
        });
      });
    });
    document.built = exact(built);
    document.resources = exact(built.slice(0, 1).map((it) => it.asStated));
    for (const state of built) this.#options.judge.own(state);
    return true;
  }

  /** A resource as a scope applies it; undefined where it is deleted there. */
  #build(
    uri: string,
    document: Document,
    root: YamlMap,
    item: number | undefined,
    placement: Placement,
    ordinals: Ordinals,
  ): BuiltResource | undefined {
    const headless = this.#options.kinds.headlessIn(uri);
    const stated = identityOf(root, this.#kindOf) ?? (headless && headlessIdentity(headless));
    if (stated === undefined) return undefined;
    return this.#made(uri, document, { root, item, stated }, placement, ordinals);
  }

  /** ConfigMaps and Secrets that a kustomization makes, in every scope that it is built in. */
  #generated(uri: string, document: Document, ordinals: Ordinals): readonly ResourceState[] {
    const kustomization = this.#options.plan().kustomizations.get(folderOf(uri));
    if (kustomization?.origin.uri !== uri || kustomization.origin.text !== document.text) return [];
    const placements = this.#options
      .plan()
      .placementsOf(uri)
      .filter((it) => it.chain.includes(kustomization));
    return kustomization.generated.flatMap((generated) => {
      const root = generatedTree(generated, kustomization);
      const stated = identityOf(root, this.#kindOf);
      // Most ConfigMaps are of no concern to anybody.
      if (stated?.known === undefined || (generated.kind === 'ConfigMap' && stated.known.concerns !== undefined)) return [];
      return placements.flatMap(
        (placement) => this.#made(uri, document, { root, item: undefined, stated, isGenerated: true }, placement, ordinals) ?? [],
      );
    });
  }

  #made(
    uri: string,
    document: Document,
    { root, item, stated, isGenerated }: StatedResource,
    placement: Placement,
    ordinals: Ordinals,
  ): BuiltResource | undefined {
    const { scope, chain, isPatch } = placement;
    const isMade = chain.length > 0 && !isPatch;
    const context = this.#options.contextOf(scope);
    const origin = { uri, text: document.text };
    const { values } = placement;
    const branch = isGenerated ? undefined : oneBranch(document.text);
    const fill = (values && !isGenerated) || branch ? (tree: YamlMap): YamlMap => asFarAsKnown(tree, values, branch) : undefined;
    const made = isMade
      ? build(origin, root, chain, context)
      : isGenerated === true
        ? { root, segments: NO_SEGMENTS, patches: NO_PATCHES, isOpaque: false }
        : fill && { root: fill(root), segments: NO_SEGMENTS, patches: NO_PATCHES, isOpaque: false };
    if (isMade && made === undefined) return undefined;
    const isChanged = made !== undefined && (made.root !== root || isGenerated === true);
    const after = (isChanged ? identityOf(made.root, this.#kindOf) : undefined) ?? stated;
    const isNamespaced = after.known?.namespaced !== false;
    const isForced = isPatch || placement.forces === true;
    const namespace = isForced ? (placement.namespace ?? after.namespace) : (after.namespace ?? placement.namespace);
    const identity = { ...after, namespace: isNamespaced ? namespace : undefined };
    const id = countedId(scope, uri, identity, ordinals);
    const partial = isPatch || made?.isOpaque === true;
    const own = new DocumentResource(id, uri, scope, identity, partial, marksIn(root), item, document);
    const kept = isGenerated === true ? root : undefined;
    const resource = isChanged
      ? own.madeBy(
          remaking(fill, kept, (tree) => build(origin, tree, chain, context)?.root),
          made.root,
        )
      : own;
    const isAsWritten = !isChanged && !this.#options.runsAll;
    const all = this.#options.judge.factsOf(identity.known, resource, isAsWritten ? document.systems : ALL_WORDS);
    // The resource that a patch changes is defined where it stands whole.
    const facts = isPatch ? { ...all, definitions: [] } : all;
    const who = isSameName(stated, own) ? own : stated;
    const hides = scope !== '' && hidesNames(made?.root ?? root);
    const patches = made?.patches ?? NO_PATCHES;
    if (!isChanged && patches.size === 0) return new BuiltResource(own, identity.known, facts, document, who, placement, hides, undefined);
    const making: Making = { segments: isChanged ? made.segments : NO_SEGMENTS, patches, kept };
    const state = new BuiltResource(resource, identity.known, facts, document, who, placement, hides, making);
    making.built = state;
    making.asStated = isChanged ? new BuiltResource(own, identity.known, facts, document, who, placement, hides, making) : state;
    return state;
  }

  /**
   * Finds what the documents of a file show by their text alone, for another host to take over with `FileChange.prepared`. Meant for a host
   * without files of its own; kustomizations and charts are nothing for it.
   */
  prepare(uri: string, text: string): PreparedFile {
    const pieces = splitDocuments(text);
    // What settings make of a file is nothing that its text shows.
    const isHeadless = this.#options.kinds.headlessIn(uri) !== undefined;
    const documents = pieces.map((it) => {
      if (isHeadless) return undefined;
      const before = this.#options.judge.failures;
      const document = this.#makeDocument(uri, it.text, undefined);
      // Whoever reads it again tells of what threw.
      return this.#options.judge.failures === before ? this.#prepared(document) : undefined;
    });
    return { choices: this.#options.judge.choices, starts: pieces.map((it) => it.start), documents };
  }

  /** A document as another host may take it over; undefined where that one has to see the tree. */
  #prepared(document: Document): PreparedDocument | undefined {
    const { text, foreign, systems, built } = document;
    if (foreign !== undefined) return built.length === 0 ? { foreign, systems, resources: [] } : undefined;
    if (document.problems?.length !== 0 || oneBranch(text) !== undefined) return undefined;
    const resources: PreparedResource[] = [];
    for (const state of built) {
      const { resource, facts, making, words, own, ofSchema } = state as BuiltResource;
      if (making !== undefined || !(resource instanceof DocumentResource)) return undefined;
      resources.push({
        item: resource.item,
        identity: identityAlone(resource),
        marks: { labels: resource.labels, annotations: resource.annotations },
        facts: unowned(facts),
        hidesNames: hidesNames(resource.root),
        words,
        own: byRuleId(own),
        ofSchema: byRuleId(ofSchema),
      });
    }
    return { foreign, systems, resources };
  }

  /** The document that another host prepared; undefined where more is known here than that one could know. */
  #takePrepared(
    uri: string,
    text: string,
    prepared: PreparedDocument,
    choices: string,
    ordinals: Map<string, number>,
  ): Document | undefined {
    const { foreign, systems } = prepared;
    if (this.#options.kinds.headlessIn(uri) !== undefined || isScopeFile(uri)) return undefined;
    if (foreign === 'unknown-kind' && this.#options.schemas.hasCustomKinds) return undefined;
    const placements = this.#options.plan().placementsOf(uri);
    const areKept = prepared.resources.every(({ identity }) => {
      const isNamespaced = this.#kindOf(identity.group, identity.kind)?.namespaced !== false;
      return placements.every((it) => keepsWhatIsStated(it, identity, isNamespaced));
    });
    if (!areKept) return undefined;
    const document = new Document(text, foreign, systems, this.#read);
    document.problems = NO_PROBLEMS;
    const isAlike = choices === this.#options.judge.choices;
    const built: ResourceState[] = [];
    for (const it of prepared.resources)
      for (const placement of placements) built.push(this.#statePrepared(uri, document, it, placement, isAlike, ordinals));
    document.built = exact(built);
    document.resources = placements.length === 1 ? document.built : exact(document.built.filter((_, i) => i % placements.length === 0));
    return document;
  }

  #statePrepared(
    uri: string,
    document: Document,
    prepared: PreparedResource,
    placement: Placement,
    isAlike: boolean,
    ordinals: Map<string, number>,
  ): BuiltResource {
    const { scope } = placement;
    const { item, words, identity } = prepared;
    const known = this.#kindOf(identity.group, identity.kind);
    const id = countedId(scope, uri, identity, ordinals);
    const resource = new DocumentResource(id, uri, scope, identity, false, prepared.marks, item, document);
    const facts = owned(prepared.facts, id, scope);
    const hides = scope !== '' && prepared.hidesNames;
    const state = new BuiltResource(resource, known, facts, document, resource, placement, hides, undefined);
    state.words = words;
    state.choices = this.#options.schemas.turn;
    if (isAlike) this.#options.judge.takeFound(state, prepared);
    return state;
  }

  /** One for all documents. */
  readonly #read = (document: Document): YamlDocument => this.#tree(document);

  #tree(document: Document): YamlDocument {
    if (document === this.#latest?.document) return this.#latest.tree;
    const tree = document.tree ?? asOnKubernetes(parseDocument(document.text), this.#kindOf);
    document.problems ??= tree.problems.length === 0 ? NO_PROBLEMS : tree.problems;
    this.#latest = { document, tree };
    if (document.isOpen) document.tree = tree;
    return tree;
  }

  /** Trees of open files are kept. */
  keepTree(document: Document, isOpen: boolean): void {
    document.isOpen = isOpen;
    if (!isOpen) document.tree = undefined;
    else if (document === this.#latest?.document) document.tree = this.#latest.tree;
  }

  /** Lets the tree of a document go that is gone. */
  forget(document: Document): void {
    if (document === this.#latest?.document) this.#latest = undefined;
  }
}

const NO_PROBLEMS: readonly SyntaxProblem[] = [];

/** Reading a longer document with the `yaml` package would be felt while typing. */
const LARGE = 65_536;

interface StatedResource {
  readonly root: YamlMap;
  readonly item: number | undefined;
  readonly stated: NonNullable<ReturnType<typeof identityOf>>;
  readonly isGenerated?: boolean;
}

function isSameName(a: Identity, b: Identity): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

/** How many resources of a name are in a file so far; undefined: nobody will ask for their ids. */
type Ordinals = Map<string, number> | undefined;

/** The id of the next resource of its name in a file. */
function countedId(scope: ScopeId, uri: string, identity: ResourceIdentity, ordinals: Ordinals): ResourceId {
  const base = resourceIdOf(scope, uri, identity, 1);
  if (ordinals === undefined) return base;
  const ordinal = (ordinals.get(base) ?? 0) + 1;
  ordinals.set(base, ordinal);
  return ordinal === 1 ? base : resourceIdOf(scope, uri, identity, ordinal);
}

/** What lives as long as its resource is made here, where no tree is in reach: one in reach would be kept, too. */
function remaking(
  fill: ((tree: YamlMap) => YamlMap) | undefined,
  kept: YamlMap | undefined,
  built: (tree: YamlMap) => YamlMap | undefined,
): (tree: YamlMap) => YamlMap {
  return (tree) => fill?.(tree) ?? built(kept ?? tree) ?? tree;
}

/** Documents that came of one of a template, by scope. */
type Came = ReadonlyMap<ScopeId, readonly string[]>;

function hidesNames(root: YamlMap): boolean {
  const names = [root.get('metadata.name'), root.get('spec.host'), ...root.list('spec.hosts.*')];
  return names.some((it) => it?.type === 'scalar' && it.opaque);
}

/** Documents that were typed in, or went, while the others of their file stayed as they are. */
function formersOf(pieces: readonly { readonly text: string }[], before: readonly Slot[]): readonly Document[] {
  if (!pieces.some(({ text }) => text.length > LARGE)) return [];
  const texts = new Set(pieces.map(({ text }) => text));
  return before.flatMap(({ document }) => (texts.has(document.text) ? [] : [document as Document]));
}
