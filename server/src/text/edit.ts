import type { Range } from './range.js';

/** Replaces a range of one text by another text. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** Applies edits that do not overlap, all given against the text as it is now; equal starts keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, i) => ({ edit, i })).sort((a, b) => a.edit.range.start - b.edit.range.start || a.i - b.i);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.range.start < at) throw new Error(`edits overlap at offset ${edit.range.start}`);
    result += text.slice(at, edit.range.start) + edit.text;
    at = edit.range.end;
  }
  return result + text.slice(at);
}
