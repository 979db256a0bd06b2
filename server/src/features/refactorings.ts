import type { Fix } from '../rules/rule.js';
import { shift, type Range } from '../text/range.js';
import { editsOfFix } from './actions.js';
import type { FileEdits } from './rename.js';
import { cursorAt, type Snapshot } from './snapshot.js';

/** A change that repairs nothing. */
export interface Refactored {
  readonly title: string;
  readonly files: readonly FileEdits[];
}

/** What systems offer to change where the cursor, or the selection, is. */
export function refactorings(snapshot: Snapshot, uri: string, range: Range): readonly Refactored[] {
  const cursor = cursorAt(snapshot, uri, range.start);
  const view = cursor?.view;
  if (!cursor || !view?.kind || view.resource.partial) return [];
  const { kind } = view;
  const context = {
    resource: view.resource,
    look: snapshot.look(view.resource.scope),
    range: shift(range, -cursor.slot.start),
    text: view.document.text,
    other: (id: string) => {
      const other = snapshot.resource(id);
      return other && { resource: other.resource, text: other.document.text, file: other.resource.uri };
    },
  };
  const offered: Fix[] = [];
  for (const { id, editor } of snapshot.modules) {
    for (const it of editor?.refactorings ?? []) if (kind.system === id && it.kinds.includes(kind.kind)) offered.push(...it.offer(context));
  }
  return offered.flatMap((fix) => {
    const files = editsOfFix(snapshot, view, fix);
    return files ? [{ title: fix.title, files }] : [];
  });
}
