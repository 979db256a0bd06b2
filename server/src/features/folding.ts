import { encloses, shift, touches, type Range } from '../text/range.js';
import type { YamlNode } from '../yaml/node.js';
import { slotAt, type Snapshot } from './snapshot.js';

export interface Fold {
  /** Zero-based; the first stays visible. */
  readonly startLine: number;
  readonly endLine: number;
  readonly isComment: boolean;
}

/** What can be folded: documents, what is indented below a line, and runs of comments. By lines alone, so that broken YAML folds too. */
export function foldingRanges(snapshot: Snapshot, uri: string): readonly Fold[] {
  const file = snapshot.file(uri);
  if (!file) return [];
  const folds: Fold[] = [];
  const { lines } = file;
  const open: { line: number; depth: number }[] = [];
  let last = -1;
  let comment: { first: number; last: number } | undefined;
  const close = (depth: number): void => {
    while (open.length > 0 && open[open.length - 1]!.depth >= depth) {
      const { line } = open.pop()!;
      if (last > line) folds.push({ startLine: line, endLine: last, isComment: false });
    }
  };
  const closeComment = (): void => {
    if (comment && comment.last > comment.first) folds.push({ startLine: comment.first, endLine: comment.last, isComment: true });
    comment = undefined;
  };
  let documentLine: number | undefined;
  for (let line = 0; line < lines.lineCount; line++) {
    const text = lines.lineText(line);
    const column = text.search(/\S/);
    if (column < 0) {
      closeComment();
      continue;
    }
    if (text[column] === '#') {
      if (comment) comment = { ...comment, last: line };
      else comment = { first: line, last: line };
      continue;
    }
    closeComment();
    if (/^(---|\.\.\.)(\s|$)/.test(text)) {
      close(0);
      if (documentLine !== undefined && last > documentLine) folds.push({ startLine: documentLine, endLine: last, isComment: false });
      documentLine = text.startsWith('---') ? line : undefined;
      last = line;
      continue;
    }
    // An item of a list may stand in its key's own column and belongs below that key all the same.
    const depth = /^-(\s|$)/.test(text.slice(column)) ? column + 0.5 : column;
    close(depth);
    open.push({ line, depth });
    last = line;
  }
  closeComment();
  close(0);
  if (documentLine !== undefined && last > documentLine) folds.push({ startLine: documentLine, endLine: last, isComment: false });
  return folds.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Ever wider ranges around an offset: value, entry, map, … document, file. */
export function selectionRanges(snapshot: Snapshot, uri: string, offset: number): readonly Range[] {
  const file = snapshot.file(uri);
  const slot = file && slotAt(file, offset);
  if (!file || !slot) return [];
  const relative = offset - slot.start;
  const inside: Range[] = [];
  let node: YamlNode | undefined = slot.document.parse().root;
  while (node !== undefined && touches(node, relative)) {
    inside.push({ start: node.start, end: node.end });
    if (node.type === 'map') {
      const entry = node.entries.find((it) => it.keyRange.start <= relative && relative <= Math.max(it.keyRange.end, it.value.end));
      if (!entry) break;
      inside.push({ start: entry.keyRange.start, end: Math.max(entry.keyRange.end, entry.value.end) });
      if (touches(entry.keyRange, relative)) {
        inside.push(entry.keyRange);
        break;
      }
      node = entry.value;
    } else if (node.type === 'list') node = node.items.find((it) => touches(it, relative));
    else break;
  }
  const whole = [
    { start: 0, end: file.text.length },
    { start: slot.start, end: slot.start + slot.document.text.length },
    ...inside.map((it) => shift(it, slot.start)),
  ];
  const ranges: Range[] = [];
  for (const range of whole) {
    const outer = ranges[ranges.length - 1];
    if (outer && (!encloses(outer, range) || (outer.start === range.start && outer.end === range.end))) continue;
    ranges.push(range);
  }
  return ranges.reverse();
}
