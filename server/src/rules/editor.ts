import type { Lookups, Table } from '../index/tables.js';
import type { Definition } from '../model/facts.js';
import type { Resource, ResourceId, Site } from '../model/resource.js';
import type { Range } from '../text/range.js';
import type { YamlNode } from '../yaml/node.js';
import type { Fix, FixEdit } from './rule.js';

/** What a system tells an editor beyond its facts. Every part is data and pure functions; features know no system by name. */
export interface EditorSupport {
  readonly values?: readonly ValueCompletion[];
  readonly definitions?: readonly DefinitionHover<never>[];
  readonly fields?: readonly FieldHover[];
  readonly outlines?: readonly Outline[];
  readonly states?: readonly EffectiveState[];
  readonly lenses?: readonly Lens[];
  readonly hints?: readonly InlayHint[];
  readonly refactorings?: readonly Refactoring[];
  /** Things that fields which nobody follows may name, too: renaming them would be half done. */
  readonly fixedNames?: readonly FixedName[];
}

/** Documents to begin with, offered where one starts; beyond what is written here they hold what their schemas require. */
export interface ResourceTemplate {
  /** `Canary`; the kind where it is left out. */
  readonly title?: string;
  readonly parts: readonly TemplatePart[];
}

export interface TemplatePart {
  /** Of the own system. */
  readonly kind: string;
  /**
   * Paths with indices: `spec.http.0.route.0.destination.host`. A value behind `=` is written, and of `a|b` one is chosen; without
   * one, names of the workspace that fit there are offered, or the choices of the field. A label's key is `*`.
   */
  readonly fill: readonly string[];
}

export interface FixedName {
  readonly table: Table<never> | Table<unknown>;
  /** Why it is not renamed, as people read it. */
  readonly reason: string;
}

/** Fields, by kind and path: `spec.http.*.route.*.destination.host`, `*` for list items and free keys. */
export interface FieldPlaces {
  /** `VirtualService` of the own system or of Kubernetes; `*` for every kind. */
  readonly kinds: readonly string[];
  readonly paths: readonly string[];
}

/** Where the values of a field come from the workspace. */
export interface ValueCompletion extends FieldPlaces {
  /** What it offers is all that fits: values that the schema knows and this leaves out are not offered. */
  readonly isWhole?: true;
  complete(context: CompletionContext): Iterable<Candidate>;
}

export interface CompletionContext {
  readonly resource: Resource;
  readonly look: Lookups;
  /** Keys that a table holds; only completion may enumerate. */
  readonly keysOf: (table: Table<never> | Table<unknown>) => Iterable<string>;
  /** Steps to the field, indices included: `['spec', 'http', 0, 'timeout']`. */
  readonly path: readonly (string | number)[];
  /** The scalar at a path of the resource, as it is written right now, also in a document that cannot be parsed; empty for none. */
  readonly textAt: (path: readonly (string | number)[]) => string;
  /** Scalars of the list at a path. */
  readonly textsAt: (path: readonly (string | number)[]) => readonly string[];
  /** Another resource, to edit it beside. `text` is that of its document. */
  readonly other: (id: ResourceId) => { readonly resource: Resource; readonly text: string } | undefined;
  /** What stands in the field already, up to its end; empty for none. */
  readonly written: string;
  /** Tells that there is more than what is offered, where that was chosen by what is written: the editor asks again as one types. */
  readonly leaveOut: () => void;
  /** Text of the whole file, to write as its neighbors do. */
  readonly text: string;
}

/** One thing a field may hold. */
export interface Candidate {
  readonly label: string;
  /** Dim, on the right. */
  readonly detail?: string;
  /** Where it differs from the label. */
  readonly insert?: string;
  /** Smaller comes first; equal ranks keep the order they are given in. */
  readonly rank: number;
  readonly sort: 'host' | 'subset' | 'port' | 'gateway' | 'principal' | 'label' | 'namespace' | 'secret' | 'name';
  /** Written as text even where YAML would read a number. */
  readonly quoted?: boolean;
  readonly docs?: string;
  /** What has to be written elsewhere for it to hold. */
  readonly also?: readonly FixEdit[];
}

export interface HoverContext {
  readonly look: Lookups;
  /** The resource the cursor is in. */
  readonly resource: Resource | undefined;
  /** A Markdown link to a place, titled by `title`, else by its file and line. */
  readonly link: (site: Site, title?: string) => string;
  /** Text from a manifest, made harmless in Markdown. */
  readonly escape: (text: string) => string;
  /** How many resources of a kind refer to what was found. */
  readonly referrers: (kind: string) => number;
}

/** How a definition of a table is told: a bold title, where it belongs, lines below. */
export interface DefinitionHover<D> {
  readonly table: Table<D>;
  describe(definition: Definition<D>, context: HoverContext): Description;
}

export interface Description {
  readonly title: string;
  /** Between title and link. */
  readonly context?: string;
  /** Markdown, one line each. */
  readonly lines: readonly string[];
}

/** Something to say about a field's value that its schema cannot know. */
export interface FieldHover extends FieldPlaces {
  /** Markdown lines; empty: nothing to say. */
  describe(resource: Resource, node: YamlNode, context: HoverContext): readonly string[];
}

/** What a resource comes to in the end, and what decides it. */
export interface EffectiveState {
  readonly kinds: readonly string[];
  describe(resource: Resource, look: Lookups): StateTold;
}

export interface StateTold {
  /** Behind the resource's name: `2 pods`. */
  readonly summary?: string;
  /** In the order people ask. */
  readonly lines: readonly StateLine[];
}

export interface StateLine {
  /** One word: `sidecar`, `mTLS`, `callers`. */
  readonly topic: string;
  readonly text: string;
  /** What decides it, the most important first. */
  readonly sites: readonly Site[];
}

/** What stands above a resource. */
export interface Lens {
  readonly kinds: readonly string[];
  describe(resource: Resource, context: LensContext): readonly LensPart[];
}

export interface LensContext {
  readonly look: Lookups;
  /** Resources of a kind that refer to something in this one. */
  readonly referrers: (kind: string) => readonly Site[];
}

export interface LensPart {
  /** Which value of the setting `codeLens` shows it. */
  readonly group: 'references' | 'workloads' | 'callers';
  readonly text: string;
  /** Places that a click leads to. */
  readonly sites: readonly Site[];
}

/** A few words behind a value. */
export interface InlayHint extends FieldPlaces {
  /** Which value of the setting `inlayHints` shows it. */
  readonly group: 'host' | 'subset' | 'weight' | 'protocol' | 'sidecar' | 'mtls';
  /** Undefined: nothing to say. */
  describe(resource: Resource, node: YamlNode, path: readonly (string | number)[], look: Lookups): HintTold | undefined;
}

export interface HintTold {
  readonly text: string;
  readonly site?: Site;
  /** Whether it completes the value, so that no gap belongs between. */
  readonly joins?: boolean;
}

/** Changes that repair nothing, offered where the cursor is. */
export interface Refactoring {
  readonly kinds: readonly string[];
  offer(context: RefactoringContext): Iterable<Fix>;
}

export interface RefactoringContext {
  readonly resource: Resource;
  readonly look: Lookups;
  /** What is selected, in the resource's document. */
  readonly range: Range;
  /** Text of the resource's document. */
  readonly text: string;
  /** Another resource, to edit it beside. `text` is that of its document. */
  readonly other: (id: ResourceId) => { readonly resource: Resource; readonly text: string; readonly file: string } | undefined;
}

/** What one looks for inside a resource. */
export interface Outline {
  readonly kinds: readonly string[];
  items(resource: Resource): readonly OutlineItem[];
}

export interface OutlineItem {
  readonly name: string;
  readonly detail?: string;
  readonly sort: 'list' | 'host' | 'route' | 'server' | 'subset' | 'rule' | 'port' | 'field';
  readonly range: Range;
  /** What is selected when one goes there; within `range`. */
  readonly selection?: Range;
  readonly children?: readonly OutlineItem[];
}

/** Keeps the type of the table's data within one hover, and lets a list hold several. */
export function defineHover<D>(table: Table<D>, describe: DefinitionHover<D>['describe']): DefinitionHover<never> {
  return { table, describe } as unknown as DefinitionHover<never>;
}
