import type { Reference } from '../model/facts.js';
import type { Range } from '../text/range.js';
import { shift } from '../text/range.js';
import type { TextEdit } from '../text/edit.js';
import { cursorAt, placeOf, textAt, type Snapshot } from './snapshot.js';
import { isSame, referenceAt, referencesToTarget, targetAt, targetsOf, type Target } from './targets.js';

/** Why something cannot be renamed, as people read it. */
export interface Refusal {
  readonly reason: string;
}

export interface Renameable {
  /** The name under the cursor, without what stands around it (`reviews` of `reviews.shop.svc.cluster.local`). */
  readonly range: Range;
  readonly name: string;
}

export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/** Whether the thing under the cursor can be renamed, and what of the text is its name. */
export function prepareRename(snapshot: Snapshot, uri: string, offset: number): Renameable | Refusal | undefined {
  const found = nameAt(snapshot, uri, offset);
  return found && ('reason' in found ? found : { range: found.range, name: found.name });
}

/** Renames a thing everywhere: its definitions, and of every reference the part that is its name. */
export function rename(snapshot: Snapshot, uri: string, offset: number, newName: string): readonly FileEdits[] | Refusal | undefined {
  const found = nameAt(snapshot, uri, offset);
  if (!found || 'reason' in found) return found;
  const { name } = found;
  if (newName === name) return [];
  const wrong = whyNoName(name, newName);
  if (wrong !== undefined) return { reason: wrong };
  const { targets, references } = closure(snapshot, found.targets, name);
  const taken = takenBy(snapshot, targets, name, newName);
  if (taken !== undefined) return { reason: taken };
  const byFile = new Map<string, TextEdit[]>();
  const add = (resource: string, range: Range): void => {
    const place = placeOf(snapshot, resource, range);
    if (!place) return;
    const edits = byFile.get(place.uri) ?? [];
    byFile.set(place.uri, edits);
    if (!edits.some((it) => it.range.start === place.range.start)) edits.push({ range: place.range, text: newName });
  };
  for (const target of targets) add(target.resource, nameWithin(snapshot, target.resource, target.range, name));
  for (const reference of references)
    add(reference.resource, nameWithin(snapshot, reference.resource, reference.nameRange ?? reference.range, name));
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, edits]) => ({ uri: file, edits: edits.sort((a, b) => a.range.start - b.range.start) }));
}

function nameAt(
  snapshot: Snapshot,
  uri: string,
  offset: number,
): (Renameable & { readonly targets: readonly Target[] }) | Refusal | undefined {
  const cursor = cursorAt(snapshot, uri, offset);
  const reference = cursor && referenceAt(cursor);
  const own = cursor && targetAt(cursor);
  if (!cursor || (!reference && !own)) return undefined;
  const resource = cursor.view!.resource.id;
  const written = reference?.nameRange ?? reference?.range ?? own!.range;
  const node = textAt(snapshot, resource, written);
  if (/\{\{|\$\{|\$\(/.test(node)) return { reason: 'This name is filled in by a template; rename it where the template takes it from.' };
  if (node.includes('\n') || node === '') return { reason: 'Put the cursor on a name; labels and lists are not renamed.' };
  const name = unquoted(node);
  const all = reference ? targetsOf(snapshot, reference) : [own!];
  if (all.length === 0) return { reason: `Nothing in this workspace defines "${name}".` };
  const targets = all.filter((it) => unquoted(textAt(snapshot, it.resource, it.range)) === name);
  if (targets.length === 0) return { reason: `"${name}" leads to something that is named otherwise.` };
  const fixed = snapshot.modules
    .flatMap((module) => module.editor?.fixedNames ?? [])
    .find((it) => targets.some((target) => target.definitions.some((definition) => definition.table === it.table.name)));
  if (fixed) return { reason: fixed.reason };
  return { range: shift(nameWithin(snapshot, resource, written, name), cursor.slot.start), name, targets };
}

/** Everything that has to change together: definitions that share references, and the references to them. */
function closure(
  snapshot: Snapshot,
  start: readonly Target[],
  name: string,
): { targets: readonly Target[]; references: ReadonlySet<Reference> } {
  const targets: Target[] = [...start];
  const references = new Set<Reference>();
  for (const target of targets) {
    for (const reference of referencesToTarget(snapshot, target)) {
      if (references.has(reference)) continue;
      // A selector, a wildcard or a prefix leads here too, without saying the name.
      if (unquoted(textAt(snapshot, reference.resource, reference.nameRange ?? reference.range)) !== name) continue;
      references.add(reference);
      for (const other of targetsOf(snapshot, reference)) {
        if (targets.some((it) => isSame(it, other))) continue;
        if (unquoted(textAt(snapshot, other.resource, other.range)) === name) targets.push(other);
      }
    }
  }
  return { targets, references };
}

function whyNoName(name: string, newName: string): string | undefined {
  if (newName === '') return 'A name needs at least one character.';
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(newName)) {
    return `"${newName}" is no name in Kubernetes: lower-case letters, digits and "-", with a letter or digit at both ends.`;
  }
  if (!/^[\w*][\w.*-]*$/.test(newName)) return `"${newName}" holds a character that a name cannot hold.`;
  return undefined;
}

/** Whether the new name is somebody's already, in a table where names are told apart by key. */
function takenBy(snapshot: Snapshot, targets: readonly Target[], name: string, newName: string): string | undefined {
  for (const target of targets) {
    const kind = snapshot.resource(target.resource)?.resource.kind;
    for (const definition of target.definitions) {
      if (!definition.key.endsWith(`/${name}`)) continue;
      const key = definition.key.slice(0, -name.length) + newName;
      for (const other of snapshot.definitions(definition.table, key, definition.scope)) {
        const view = snapshot.resource(other.resource);
        if (view?.resource.kind !== kind || unquoted(textAt(snapshot, other.resource, other.range)) !== newName) continue;
        return `"${newName}" exists already (${snapshot.displayPath(view!.resource.uri)}).`;
      }
    }
  }
  return undefined;
}

/** A range without the quotes around what it holds. */
function nameWithin(snapshot: Snapshot, resource: string, range: Range, name: string): Range {
  const text = textAt(snapshot, resource, range);
  const at = text.indexOf(name);
  return at > 0 ? { start: range.start + at, end: range.start + at + name.length } : range;
}

function unquoted(text: string): string {
  const match = /^(["'])(.*)\1$/s.exec(text);
  return match ? match[2]! : text;
}
