import type { Json } from '../yaml/node.js';
import { toJson } from '../yaml/json.js';
import { parseDocument } from '../yaml/parse.js';
import { readDocs, type DocsEntry, type DocsSection, type SystemDocs } from './docs.js';
import type { KindFacts, SchemaFile, SchemaIndex, TypeFacts, TypeReference, VersionFacts } from './facts.js';
import type { Field, Schemas } from './field.js';

/** A field with all that its schema states, for validation. */
export interface SchemaField extends Field {
  /** Name of the shape it has, where there is one: `HTTPRoute`. Undefined for lists, maps and scalars of no particular sort. */
  readonly shape: string | undefined;
  readonly facts: TypeFacts;
  readonly fields: readonly SchemaField[];
  readonly item: SchemaField | undefined;
  readonly parent: SchemaField | undefined;
  /** Whether the schema states nothing of a value but its type, and of a map which fields it has. */
  readonly isPlain: boolean;
  /** First release that has a value of `enum`. */
  readonly enumSince: Readonly<Record<string, string>>;
  /** The field of an object, or what a free key or an item leads to. */
  child(name: string): SchemaField | undefined;
  /** Our message for a CEL rule of the field; undefined where nobody has written one. */
  ruleMessage(expression: string): string | undefined;
}

/** A kind as its schema file lists it. */
export interface KindSchema extends KindFacts {
  /** Folder of schemas/: `istio`. */
  readonly system: string;
}

export interface SchemaSet extends Schemas {
  root(apiVersion: string, kind: string): SchemaField | undefined;
  /** A kind whatever its version; undefined for one without a schema. */
  kind(group: string, kind: string): KindSchema | undefined;
  /** Groups that have a schema. */
  groups(): readonly string[];
  /** Kinds of a group. */
  kinds(group: string): readonly KindSchema[];
  /** `group/Kind` of the CRDs of the workspace, by which nothing is read yet. */
  customKinds(): readonly string[];
  /** What a channel that is not in use says of a kind; undefined where it says nothing of it. */
  elsewhere(apiVersion: string, kind: string): Elsewhere | undefined;
  /** Release of a system that the manifests are for; undefined where nobody says. */
  target(system: string): string | undefined;
  /** The same schemas with other choices. What was read is not read again. */
  choosing(choices: SchemaChoices): SchemaSet;
}

export interface Elsewhere {
  readonly channel: string;
  /** Whether anybody said which channel is in use; otherwise the standard one is a guess. */
  readonly isChosen: boolean;
  readonly kind: KindSchema;
  /** Undefined where it lacks the version. */
  readonly root: SchemaField | undefined;
}

/** What differs from workspace to workspace. */
export interface SchemaChoices {
  /** Channel in use, by system; the standard one where nothing is said. */
  readonly channels?: Readonly<Record<string, string>>;
  /** Release of a system that the manifests are for. */
  readonly targets?: Readonly<Record<string, string>>;
  /** CRDs of the workspace by `group/Kind`, in place of what comes with us; undefined for one that cannot be read. */
  readonly custom?: ReadonlyMap<string, () => SchemaFile | undefined>;
}

/**
 * Schemas read from the files of schemas/, each when it is first asked for. `load` gives the text of a file by its name there
 * (`istio/networking.istio.io.json`), or undefined where there is none.
 */
export function createSchemas(load: (file: string) => string | undefined): SchemaSet {
  return new LoadedSchemas(new Library(load), {});
}

interface System {
  readonly name: string;
  readonly docs: () => SystemDocs;
}

interface LoadedFile {
  readonly system: System;
  readonly kinds: ReadonlyMap<string, KindSchema>;
  readonly types: SchemaFile['types'];
}

/** Files of schemas/, each read when it is first asked for. */
class Library {
  readonly #load: (file: string) => string | undefined;
  readonly #files = new Map<string, LoadedFile | undefined>();
  readonly #systems = new Map<string, System>();
  #index: SchemaIndex | undefined;

  constructor(load: (file: string) => string | undefined) {
    this.#load = load;
  }

  get index(): SchemaIndex {
    if (this.#index === undefined) {
      const text = this.#load('index.json');
      this.#index = text === undefined ? { groups: {} } : (JSON.parse(text) as SchemaIndex);
    }
    return this.#index;
  }

  file(name: string): LoadedFile | undefined {
    if (!this.#files.has(name)) this.#files.set(name, this.#loadFile(name));
    return this.#files.get(name);
  }

  #loadFile(name: string): LoadedFile | undefined {
    const text = this.#load(name);
    return text === undefined ? undefined : makeFile(this.system(name.slice(0, name.indexOf('/'))), JSON.parse(text) as SchemaFile);
  }

  system(name: string): System {
    let system = this.#systems.get(name);
    if (system === undefined) {
      let docs: SystemDocs | undefined;
      system = { name, docs: () => (docs ??= readDocs(this.#readYaml(`${name}/docs.yaml`))) };
      this.#systems.set(name, system);
    }
    return system;
  }

  #readYaml(name: string): Json | undefined {
    const text = this.#load(name);
    const root = text === undefined ? undefined : parseDocument(text).root;
    return root && toJson(root);
  }
}

function makeFile(system: System, { kinds, types }: SchemaFile): LoadedFile {
  return { system, types, kinds: new Map(kinds.map((it) => [`${it.group}/${it.kind}`, { ...it, system: system.name }])) };
}

/** Channels that a system may have beside the one that clusters have by default. */
const STANDARD = 'standard';

class LoadedSchemas implements SchemaSet {
  readonly #library: Library;
  readonly #choices: SchemaChoices;
  /** By `apiVersion`, then by kind. */
  readonly #roots = new Map<string, Map<string, SchemaField | undefined>>();
  /** By group, then by kind. */
  readonly #kinds = new Map<string, Map<string, KindSchema | undefined>>();
  readonly #custom = new Map<string, LoadedFile | undefined>();

  constructor(library: Library, choices: SchemaChoices) {
    this.#library = library;
    this.#choices = choices;
  }

  choosing(choices: SchemaChoices): SchemaSet {
    return new LoadedSchemas(this.#library, choices);
  }

  root(apiVersion: string, kind: string): SchemaField | undefined {
    return known(this.#roots, apiVersion, kind, () => this.#makeRoot(this.#fileOf(groupOf(apiVersion), kind), apiVersion, kind));
  }

  kind(group: string, kind: string): KindSchema | undefined {
    return known(this.#kinds, group, kind, () => this.#fileOf(group, kind)?.kinds.get(`${group}/${kind}`));
  }

  groups(): readonly string[] {
    const channels = Object.values(this.#library.index.channels ?? {}).flatMap((it) => Object.keys(it));
    const custom = [...(this.#choices.custom?.keys() ?? [])].map((it) => it.slice(0, it.indexOf('/')));
    return [...new Set([...Object.keys(this.#library.index.groups), ...channels, ...custom])];
  }

  kinds(group: string): readonly KindSchema[] {
    const builtIn = [...(this.#builtIn(group)?.kinds.values() ?? [])].filter((it) => it.group === group);
    const custom = [...(this.#choices.custom?.keys() ?? [])].flatMap((key) => {
      const slash = key.indexOf('/');
      return key.slice(0, slash) === group ? (this.kind(group, key.slice(slash + 1)) ?? []) : [];
    });
    if (custom.length === 0) return builtIn;
    return [...builtIn.filter((it) => !custom.some((other) => other.kind === it.kind)), ...custom];
  }

  customKinds(): readonly string[] {
    return [...(this.#choices.custom?.keys() ?? [])];
  }

  elsewhere(apiVersion: string, kindName: string): Elsewhere | undefined {
    const group = groupOf(apiVersion);
    if (this.#customFile(group, kindName) !== undefined) return undefined;
    for (const [channel, files] of Object.entries(this.#library.index.channels ?? {})) {
      const name = Object.hasOwn(files, group) ? files[group]! : undefined;
      const file = name === undefined || this.#channelOf(name) === channel ? undefined : this.#library.file(name);
      const kind = file?.kinds.get(`${group}/${kindName}`);
      const isChosen = this.#choices.channels?.[kind?.system ?? ''] !== undefined;
      if (kind !== undefined) return { channel, isChosen, kind, root: this.#makeRoot(file, apiVersion, kindName) };
    }
    return undefined;
  }

  target(system: string): string | undefined {
    return this.#choices.targets?.[system];
  }

  #makeRoot(file: LoadedFile | undefined, apiVersion: string, kindName: string): SchemaField | undefined {
    const kind = file?.kinds.get(`${groupOf(apiVersion)}/${kindName}`);
    const version = kind?.versions[apiVersion.slice(apiVersion.indexOf('/') + 1)];
    if (file === undefined || kind === undefined || version === undefined) return undefined;
    return makeRoot(file, kind, version, () => this.#metadata(file));
  }

  /** Shape of `metadata`, which CRDs leave to the API server. */
  #metadata(own: LoadedFile): Origin | undefined {
    const file = 'ObjectMeta' in own.types ? own : this.#builtIn('');
    return file && 'ObjectMeta' in file.types ? { file, reference: 'ObjectMeta' } : undefined;
  }

  #fileOf(group: string, kind: string): LoadedFile | undefined {
    return this.#customFile(group, kind) ?? this.#builtIn(group);
  }

  /** The file for a group in the channel that is in use. */
  #builtIn(group: string): LoadedFile | undefined {
    const { groups, channels } = this.#library.index;
    for (const [channel, files] of Object.entries(channels ?? {})) {
      const name = Object.hasOwn(files, group) ? files[group]! : undefined;
      if (name !== undefined && this.#channelOf(name) === channel) return this.#library.file(name);
    }
    return Object.hasOwn(groups, group) ? this.#library.file(groups[group]!) : undefined;
  }

  #channelOf(file: string): string {
    return this.#choices.channels?.[file.slice(0, file.indexOf('/'))] ?? STANDARD;
  }

  #customFile(group: string, kind: string): LoadedFile | undefined {
    const key = `${group}/${kind}`;
    const read = this.#choices.custom?.get(key);
    if (read === undefined) return undefined;
    if (!this.#custom.has(key)) {
      const file = read();
      // What we have to say of a kind of our own holds for the version at hand, too.
      const builtIn = this.#builtIn(group);
      const system = builtIn?.kinds.has(key) === true ? builtIn.system : WORKSPACE;
      this.#custom.set(key, file && makeFile(system, file));
    }
    return this.#custom.get(key);
  }
}

/** What a map of maps holds under two keys; made where they are asked for the first time. */
function known<T>(all: Map<string, Map<string, T>>, first: string, second: string, make: () => T): T {
  let some = all.get(first);
  if (some === undefined) all.set(first, (some = new Map<string, T>()));
  let found = some.get(second);
  if (found === undefined && !some.has(second)) some.set(second, (found = make()));
  return found!;
}

/** What kinds belong to that only the workspace knows. */
const WORKSPACE: System = { name: 'workspace', docs: () => NO_DOCS };
const NO_DOCS: SystemDocs = { kinds: new Map(), shapes: new Map(), rules: new Map() };

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** A type in the file that describes it. */
interface Origin {
  readonly file: LoadedFile;
  readonly reference: TypeReference;
}

/** Where our words for a field may stand: below a kind or a named shape, at a path from there. */
interface Anchor {
  readonly section: (docs: SystemDocs) => DocsSection | undefined;
  readonly path: string;
}

interface Context {
  readonly kind: KindSchema;
  readonly file: LoadedFile;
  readonly anchors: readonly Anchor[];
}

/** Facts that no value of the right type can fall short of. */
const TELLING_NOTHING: ReadonlySet<string> = new Set<keyof TypeFacts>([
  'type',
  'fields',
  'item',
  'default',
  'nullable',
  'open',
  'deprecated',
  'text',
]);

function tellsTypeOnly(facts: TypeFacts): boolean {
  return Object.keys(facts).every((it) => TELLING_NOTHING.has(it));
}

const TEXT: TypeFacts = { type: 'string' };
const METADATA: TypeFacts = { type: 'object', open: true };

function makeRoot(file: LoadedFile, kind: KindSchema, version: VersionFacts, metadata: () => Origin | undefined): SchemaField {
  const context: Context = { kind, file, anchors: [{ section: (docs) => docs.kinds.get(kind.kind), path: '' }] };
  const root = new FieldView(context, kind.kind, '', version.type, undefined);
  const own = root.facts;
  const meta = metadata();
  const common = (name: string, type: TypeReference): FieldView =>
    new FieldView(
      { kind, file: meta?.file ?? file, anchors: [{ section: (docs) => docs.shapes.get('Object'), path: name }] },
      name,
      name,
      type,
      root,
    );
  const commonFields = [common('apiVersion', TEXT), common('kind', TEXT), common('metadata', meta?.reference ?? METADATA)];
  // A kustomization is a file, not an object of a cluster, and says what it is by its name.
  const isFile = kind.group === 'kustomize.config.k8s.io';
  root.begin(
    commonFields,
    isFile || own.required?.includes('metadata') === true
      ? own
      : { ...own, required: ['apiVersion', 'kind', 'metadata', ...(own.required ?? [])] },
  );
  return root;
}

/** A field made when its parent is asked for it. */
class FieldView implements SchemaField {
  readonly name: string;
  readonly path: string;
  readonly parent: SchemaField | undefined;
  readonly shape: string | undefined;
  readonly type: Field['type'];
  facts: TypeFacts;
  isPlain: boolean;
  readonly #hasItem: boolean;
  readonly #context: Context;
  #common: readonly FieldView[] = [];
  #fields: readonly FieldView[] | undefined;
  /** Without a prototype. Keys are few and come again and again: V8 finds a property by such a text in half the time that a Map takes. */
  #byName: Readonly<Record<string, FieldView>> | undefined;
  #item: FieldView | undefined;

  constructor(context: Context, name: string, path: string, reference: TypeReference, parent: SchemaField | undefined) {
    this.name = name;
    this.path = path;
    this.parent = parent;
    const isNamed = typeof reference === 'string';
    this.facts = isNamed ? (context.file.types[reference] ?? { type: 'any' }) : reference;
    this.type = this.facts.type;
    this.isPlain = tellsTypeOnly(this.facts);
    this.#hasItem = this.facts.item !== undefined;
    // A kind's own type has the kind's name, and its words stand below the kind.
    // Variants of a shape are told apart by a number behind its name.
    this.shape = isNamed && parent !== undefined && !reference.startsWith('_') ? reference.replace(/~\d+$/, '') : undefined;
    const shape = this.shape;
    this.#context =
      shape === undefined
        ? context
        : { ...context, anchors: [...context.anchors, { section: (docs) => docs.shapes.get(shape), path: '' }] };
  }

  /** For roots: what every object has beside its schema's own fields. */
  begin(common: readonly FieldView[], facts: TypeFacts): void {
    this.#common = common;
    this.facts = facts;
    this.isPlain = tellsTypeOnly(facts);
  }

  get typeName(): string {
    const named = this.#entry((entry) => entry.type);
    if (named !== undefined) return named;
    switch (this.facts.type) {
      case 'list':
        return `list of ${this.item!.typeName}`;
      case 'map':
        return `map of ${this.item!.typeName}`;
      case 'object':
        return this.shape ?? (this.parent === undefined ? this.name : 'object');
      case 'string':
        if (this.facts.rules?.some((rule) => rule.startsWith('duration(self)'))) return 'duration';
        return this.facts.format === 'date-time' ? 'time' : 'string';
      case 'int-or-string':
        return this.facts.format === 'quantity' ? 'quantity' : 'integer or string';
      default:
        return this.facts.type;
    }
  }

  get required(): boolean {
    return this.parent?.facts.required?.includes(this.name) ?? false;
  }

  get enum(): readonly string[] | undefined {
    return this.facts.enum?.map(String);
  }

  get default(): string | number | boolean | undefined {
    const value = this.facts.default ?? this.#entry((entry) => entry.default);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  }

  get deprecated(): boolean {
    return this.facts.deprecated ?? this.#entry((entry) => entry.deprecated) ?? false;
  }

  get since(): string | undefined {
    return this.#context.kind.since?.[this.path];
  }

  get enumSince(): Readonly<Record<string, string>> {
    const start = `${this.path}=`;
    return Object.fromEntries(
      Object.entries(this.#context.kind.since ?? {})
        .filter(([path]) => path.startsWith(start))
        .map(([path, release]) => [path.slice(start.length), release]),
    );
  }

  get docs(): string | undefined {
    const own = this.#entry((entry) => entry.docs);
    if (own !== undefined) return own;
    return this.facts.text === undefined ? (this.name === '*' ? this.parent?.docs : undefined) : asMarkdown(this.facts.text);
  }

  get example(): string | undefined {
    return this.#entry((entry) => entry.example);
  }

  get link(): string | undefined {
    return this.#entry((entry) => entry.link) ?? this.parent?.link;
  }

  get enumDocs(): Readonly<Record<string, string>> {
    return this.#entry((entry) => entry.values) ?? (this.name === '*' ? this.parent?.enumDocs : undefined) ?? {};
  }

  get oneOf(): readonly string[] {
    const groups = [...(this.parent?.facts.oneOf ?? []), ...(this.parent?.facts.exactlyOne ?? [])];
    return groups.find((group) => group.includes(this.name)) ?? [];
  }

  get fields(): readonly FieldView[] {
    if (this.#fields === undefined) {
      const own = Object.entries(this.facts.fields ?? {});
      const commonNames = new Set(this.#common.map((it) => it.name));
      this.#fields = [
        ...this.#common,
        ...own.filter(([name]) => !commonNames.has(name)).map(([name, reference]) => this.#below(name, reference)),
      ];
    }
    return this.#fields;
  }

  get item(): FieldView | undefined {
    if (!this.#hasItem) return undefined;
    return (this.#item ??= this.#below('*', this.facts.item!));
  }

  child(name: string): FieldView | undefined {
    if (this.#hasItem) return this.item;
    this.#byName ??= Object.assign(Object.create(null) as object, Object.fromEntries(this.fields.map((field) => [field.name, field])));
    return this.#byName[name];
  }

  ruleMessage(expression: string): string | undefined {
    return this.#context.file.system.docs().rules.get(expression) ?? this.facts.messages?.[expression];
  }

  #below(name: string, reference: TypeReference): FieldView {
    const anchors = this.#context.anchors.map(({ section, path }) => ({ section, path: path === '' ? name : `${path}.${name}` }));
    return new FieldView({ ...this.#context, anchors }, name, this.path === '' ? name : `${this.path}.${name}`, reference, this);
  }

  /** Our words for this very place win over those for the shape it is part of; the words on a shape as such come last. */
  #entry<T>(part: (entry: DocsEntry) => T | undefined): T | undefined {
    const docs = this.#context.file.system.docs();
    const [kind, ...shapes] = this.#context.anchors;
    for (const anchor of kind === undefined ? [] : [kind, ...shapes.reverse()]) {
      const section = anchor.section(docs);
      const entry = anchor.path === '' ? undefined : section?.fields.get(anchor.path);
      const found = entry && part(entry);
      if (found !== undefined) return found;
    }
    const own = (shapes.find((anchor) => anchor.path === '') ?? (kind?.path === '' ? kind : undefined))?.section(docs);
    return own && part(own);
  }
}

/** Text that somebody else wrote, with nothing in it that Markdown would take for its own. */
function asMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#!|~]/g, '\\$&');
}
