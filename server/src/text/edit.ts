import type { Range } from './range.js';

/** Replaces a range of one text by another text. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** Applies edits that do not overlap, all given against the text as it is now; equal starts keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, i) => ({ edit, i }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || Number(isInsertion(b.edit)) - Number(isInsertion(a.edit)) || a.i - b.i);
  let result = '';
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.range.start < at) throw new Error(`edits overlap at offset ${edit.range.start}`);
    result += text.slice(at, edit.range.start) + edit.text;
    at = edit.range.end;
  }
  return result + text.slice(at);
}

/** What is put in at the start of a range that goes stands before it. */
function isInsertion({ range }: TextEdit): boolean {
  return range.start === range.end;
}
