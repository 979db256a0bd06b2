import type { Facts } from '../index/store.js';
import type { Kind } from '../model/kind.js';
import type { Resource } from '../model/resource.js';
import type { Watched } from '../query/database.js';
import type { Words } from '../rules/dispatch.js';
import type { Found } from '../rules/runner.js';
import { IGNORE_COMMENT } from '../rules/suppressions.js';
import type { DocumentResource, Foreign } from '../sources/documents.js';
import type { Segment } from '../sources/kustomize/build.js';
import type { Identity } from '../sources/kustomize/kustomization.js';
import type { Placement } from '../sources/scopes.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import type { SyntaxProblem, YamlDocument } from '../yaml/document.js';
import type { YamlMap } from '../yaml/node.js';
import type { PreparedFile } from './prepared.js';

/** A file as it is now, or that it is gone. Content is told as VS Code reads it: no byte-order mark. */
export interface FileChange {
  readonly uri: string;
  /** Undefined: the file was deleted. */
  readonly text: string | undefined;
  readonly version?: number | undefined;
  /** Open in an editor: checked first, its trees are kept. */
  readonly open?: boolean;
  /** What `prepare` of another host found in the text, which saves reading it. */
  readonly prepared?: PreparedFile | undefined;
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
  /** Who it is as the document states it, before a kustomization gives it another name. */
  readonly stated: Identity;
  readonly placement: Placement;
  /** The documents that it is made of, where kustomizations change it; offsets count through all of them. Empty: its own only. */
  readonly segments: readonly Segment[];
  /** Keys of the patches that change it. */
  readonly patches: ReadonlySet<string>;
}

/** A range of a file, in offsets of that file. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly version: number | undefined;
  readonly open: boolean;
  readonly slots: readonly Slot[];
  readonly lines: LineIndex;
}

/** Whether resources are known of a document. */
export function isRead({ foreign, built }: DocumentState): boolean {
  return foreign === undefined || built.length > 0;
}

export const NO_RESOURCES: readonly ResourceState[] = [];
export const NO_SEGMENTS: readonly Segment[] = [];
export const NO_PATCHES: ReadonlySet<string> = new Set();

/** What is made of a resource, where it is not as its document states it or a patch is for it. */
export interface Making {
  readonly segments: readonly Segment[];
  readonly patches: ReadonlySet<string>;
  /** The tree of a resource that no document states. */
  readonly kept: YamlMap | undefined;
  built?: BuiltResource;
  /** The same, its tree as its own document states it: what people edit. */
  asStated?: BuiltResource;
}

/** A resource with what its own document shows of it, as far as somebody asked. There is one for each of ninety thousand, so it is kept small. */
export class BuiltResource implements ResourceState {
  own: readonly Found[] | undefined = undefined;
  ofSchema: readonly Found[] | undefined = undefined;
  /** For which choice of schemas and releases. */
  choices = 0;
  revision = 0;
  /** Words of its kind's rules in its document. */
  words: Words | undefined = undefined;
  /** What rules found that look something up; undefined where there are none of its kind. */
  findings: Watched<BuiltResource, readonly Found[]> | undefined = undefined;

  constructor(
    readonly resource: Resource,
    public kind: Kind | undefined,
    readonly facts: Facts,
    readonly document: Document,
    readonly stated: Identity,
    readonly placement: Placement,
    /** Templates fill in what others call it by. */
    readonly hidesNames: boolean,
    readonly making: Making | undefined,
  ) {}

  get segments(): readonly Segment[] {
    return this.making?.segments ?? NO_SEGMENTS;
  }

  get patches(): ReadonlySet<string> {
    return this.making?.patches ?? NO_PATCHES;
  }

  get asStated(): BuiltResource {
    return this.making?.asStated ?? this;
  }

  /** Whoever remembers what was found: the same one for the resource as it is stated. */
  get memo(): BuiltResource {
    return this.making?.built ?? this;
  }

  /** Whether the document states this very resource, and nothing else. */
  get isPlain(): boolean {
    return this.asStated.resource === this.memo.resource && (this.resource as DocumentResource).item === undefined;
  }

  statedRoot(): YamlMap {
    return this.making?.kept ?? this.asStated.resource.root;
  }
}

export class Document implements DocumentState {
  built: readonly ResourceState[] = NO_RESOURCES;
  resources: readonly ResourceState[] = NO_RESOURCES;
  /** What the YAML reader said, kept when the tree is let go; undefined: it was not asked yet. */
  problems: readonly SyntaxProblem[] | undefined = undefined;
  /** Of a file that is open: its tree is kept, once made. */
  isOpen = false;
  tree: YamlDocument | undefined = undefined;
  /** Whether its tree is one that stands in until it is read. */
  waits = false;
  readonly #read: (document: Document) => YamlDocument;

  constructor(
    public text: string,
    readonly foreign: Foreign | undefined,
    /** Words of systems in the text, and in what Helm makes of it. */
    public systems: Words,
    read: (document: Document) => YamlDocument,
  ) {
    this.#read = read;
  }

  parse(): YamlDocument {
    return this.#read(this);
  }
}

/** Lists grow with room for more than they come to hold; these are kept for long. */
export function exact<T>(items: readonly T[]): readonly T[] {
  return items.slice();
}

export class File implements SourceFile {
  #lines: LineIndex | undefined;
  /** Whether a comment of it may silence findings. Looked for at once: when all files are reported, each text would come into reach once more for it. */
  readonly maySilence: boolean;

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly version: number | undefined,
    readonly open: boolean,
    readonly slots: readonly Slot[],
  ) {
    this.maySilence = text.includes(IGNORE_COMMENT);
  }

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
