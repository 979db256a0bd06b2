import type { TextEdit } from '../../text/edit.js';
import type { YamlEntry, YamlMap } from '../../yaml/node.js';
import { indentOf, insertItem, removeEntry } from '../../yaml/edit.js';
import type { PolicyEntry } from './policy.js';

/** Entries of a map as a text of their own, from column 0. */
function textOfEntries(text: string, map: YamlMap, entries: readonly YamlEntry[]): string {
  const indent = indentOf(text, map);
  return entries
    .map(({ keyRange, value }) => text.slice(keyRange.start, Math.max(keyRange.end, value.end)))
    .map((it) => it.trimEnd().replaceAll(`\n${indent}`, '\n'))
    .join('\n');
}

/** Moves one field of an entry, with copies of others, into an entry of its own behind. Undefined where it cannot be done. */
export function splitEntry(
  text: string,
  { node, list }: PolicyEntry,
  moved: string,
  copied: readonly string[],
): readonly TextEdit[] | undefined {
  const removal = removeEntry(text, node, moved);
  const taken = node.entries.filter((it) => it.key === moved || copied.includes(it.key));
  if (removal === undefined || taken.length === 0) return undefined;
  const insertion = insertItem(text, list, textOfEntries(text, node, taken));
  if (insertion.range.start > removal.range.end) return [removal, insertion];
  // The last lines of the list go, and the new item comes in their place.
  const isWholeLines =
    removal.range.start > 0 && text.charAt(removal.range.start - 1) === '\n' && text.charAt(removal.range.end - 1) === '\n';
  const written = isWholeLines ? `${insertion.text.replace(/^\r?\n/, '')}\n` : removal.text + insertion.text;
  return [{ range: { start: removal.range.start, end: Math.max(removal.range.end, insertion.range.end) }, text: written }];
}
