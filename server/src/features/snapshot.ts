import type { Facts } from '../index/store.js';
import type { Lookups, Table } from '../index/tables.js';
import type { Definition, Reference } from '../model/facts.js';
import type { Kind } from '../model/kind.js';
import type { Resource, ResourceId, ScopeId } from '../model/resource.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import type { MeshModule } from '../rules/module.js';
import type { SchemaSet } from '../schema/schemas.js';
import type { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import type { YamlDocument } from '../yaml/document.js';

/** What a feature may ask of a workspace, at one revision. `analysis` implements it. */
export interface Snapshot {
  readonly modules: readonly MeshModule[];
  readonly schemas: SchemaSet;
  file(uri: string): FileView | undefined;
  files(): Iterable<FileView>;
  resource(id: ResourceId): ResourceView | undefined;
  /** Where a resource's document stands in its file now; undefined when it is gone. */
  slotOf(view: ResourceView): SlotView | undefined;
  /** Where a range of a resource stands: in its own document, or in a patch or kustomization that changes it. */
  place(view: ResourceView, range: Range): Place | undefined;
  /** The text that offsets of a resource count in. */
  textOf(view: ResourceView): string;
  look(scope?: ScopeId): Lookups;
  kindOf(group: string, kind: string): Kind | undefined;
  /** What a reference leads to; empty where nothing at hand defines it. */
  resolve(reference: Reference): readonly Definition[];
  /** Every reference that leads to a definition. */
  referencesToDefinition(definition: Definition): readonly Reference[];
  /** What a table, told by its name, holds under a key. */
  definitions(table: string, key: string, scope: ScopeId): readonly Definition[];
  keysOf(table: Table<never> | Table<unknown>): Iterable<string>;
  /** What is reported of a file right now. */
  reported(uri: string): readonly Diagnostic[];
  /** How people name a scope: the folder of its kustomization or chart. */
  scopeName(scope: ScopeId): string;
  /** How people name a file: its path below the workspace folder. */
  displayPath(uri: string): string;
}

export interface FileView {
  readonly uri: string;
  readonly text: string;
  readonly slots: readonly SlotView[];
  readonly lines: LineIndex;
}

export interface SlotView {
  readonly start: number;
  readonly document: DocumentView;
}

export interface DocumentView {
  readonly text: string;
  readonly foreign: string | undefined;
  /** What the document states, in the first scope that it is in. */
  readonly resources: readonly ResourceView[];
  /** The same in every scope that it is in. */
  readonly built: readonly ResourceView[];
  readonly parse: () => YamlDocument;
}

export interface ResourceView {
  readonly resource: Resource;
  readonly kind: Kind | undefined;
  readonly facts: Facts;
  readonly document: DocumentView;
}

/** A range of a file, in offsets of that file. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** An offset of a file, seen from the document and the resource it lies in. */
export interface Cursor {
  readonly file: FileView;
  readonly slot: SlotView;
  /** Relative to the document. */
  readonly offset: number;
  /** The resource around the offset; in a `List`, the item. */
  readonly view: ResourceView | undefined;
}

export function cursorAt(snapshot: Snapshot, uri: string, offset: number): Cursor | undefined {
  const file = snapshot.file(uri);
  if (!file) return undefined;
  const slot = slotAt(file, offset);
  if (!slot) return undefined;
  const relative = offset - slot.start;
  const { resources } = slot.document;
  const view =
    resources.length <= 1 ? resources[0] : resources.find(({ resource: { root } }) => root.start <= relative && relative <= root.end);
  return { file, slot, offset: relative, view };
}

/** The document that an offset lies in: the last one that begins at or before it. */
export function slotAt(file: FileView, offset: number): SlotView | undefined {
  for (let i = file.slots.length - 1; i >= 0; i--) if (file.slots[i]!.start <= offset) return file.slots[i];
  return file.slots[0];
}

/** A range of a resource as a place in a file. */
export function placeOf(snapshot: Snapshot, id: ResourceId, range: Range): Place | undefined {
  const view = snapshot.resource(id);
  return view && snapshot.place(view, range);
}

/** What stands at a range of a resource. */
export function textAt(snapshot: Snapshot, id: ResourceId, range: Range): string {
  const view = snapshot.resource(id);
  return view === undefined ? '' : snapshot.textOf(view).slice(range.start, range.end);
}
