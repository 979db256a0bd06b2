import type { SyntaxProblem, YamlDocument } from './document.js';
import { BlockEntry, YamlList, YamlMap, YamlScalar, type YamlEntry, type YamlNode } from './node.js';

/** What differs between two texts: what stood from `start` to `end` gave way to something longer by `by`. */
interface Move {
  readonly start: number;
  readonly end: number;
  readonly by: number;
}

/**
 * What was read of a document, as far as it has a place in the text that the document has now. It stands in for the tree of a text that
 * nobody read yet: values are those of before, what is gone is left out, and so are problems that were told where something was changed.
 */
export function movedDocument(before: YamlDocument, text: string): YamlDocument {
  const move = moveBetween(before.text, text);
  const root = before.root && movedNode(before.root, move);
  return { text, root, problems: before.problems.flatMap((it) => movedProblem(it, move)) };
}

function moveBetween(before: string, after: string): Move {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const by = after.length - before.length;
  let end = before.length;
  while (end > start && end + by > start && before.charCodeAt(end - 1) === after.charCodeAt(end + by - 1)) end--;
  return { start, end, by };
}

function movedOffset(offset: number, { start, end, by }: Move): number {
  if (offset <= start) return offset;
  return offset >= end ? offset + by : Math.min(offset, end + by);
}

/** Undefined where nothing is left of a node. */
function movedNode(node: YamlNode, move: Move): YamlNode | undefined {
  if (node.end <= move.start) return node;
  const start = movedOffset(node.start, move);
  const end = movedOffset(node.end, move);
  if (start === end && node.start < node.end) return undefined;
  if (node.type === 'scalar') return new YamlScalar(start, end, node.value, node.style, node.opaque);
  if (node.type === 'list') {
    const items = node.items.flatMap((it) => movedNode(it, move) ?? []);
    return new YamlList(start, end, items, node.flow, node.partial);
  }
  const entries = node.entries.flatMap((it) => movedEntry(it, move) ?? []);
  return new YamlMap(start, end, entries, node.flow, node.partial);
}

function movedEntry(entry: YamlEntry, move: Move): YamlEntry | undefined {
  const { key, keyRange, keyOpaque, value } = entry;
  if (keyRange.end <= move.start && value.end <= move.start) return entry;
  const start = movedOffset(keyRange.start, move);
  const end = movedOffset(keyRange.end, move);
  if (start === end && keyRange.start < keyRange.end) return undefined;
  const at = movedOffset(value.end, move);
  // Whatever comes where a value was, it is not known yet.
  return new BlockEntry(key, start, end, keyOpaque, movedNode(value, move) ?? new YamlScalar(at, at, null, 'empty', true));
}

function movedProblem(problem: SyntaxProblem, move: Move): readonly SyntaxProblem[] {
  const { range, related } = problem;
  if (range.start <= move.end && move.start <= range.end) return [];
  const moved = ({ start, end }: SyntaxProblem['range']): SyntaxProblem['range'] => ({
    start: movedOffset(start, move),
    end: movedOffset(end, move),
  });
  return [{ ...problem, range: moved(range), related: related.map((it) => ({ ...it, range: moved(it.range) })) }];
}
