import type { TextEdit } from '../text/edit.js';
import { rangeOf, type Range } from '../text/range.js';
import { toJson } from './json.js';
import type { YamlEntry, YamlList, YamlMap, YamlNode } from './node.js';
import { parseDocument } from './parse.js';
import { lineEnd, lineStart } from './problems.js';
import { resolvePlain } from './scalar.js';

/**
 * Edits that fixes make, in the style of the text they change. Nodes are those of that same text. YAML given as text is one value,
 * written from column 0 in block style; in flow style and JSON it is put on one line.
 */

/** Replaces a scalar (or any node) by a value, in the quotes that the old one has; plain text gets quotes where it needs them. */
export function replaceValue(text: string, node: YamlNode, value: string | number | boolean | null): TextEdit {
  const quote = text.charAt(node.start);
  const isQuoted = node.type === 'scalar' && (node.style === 'single' || node.style === 'double');
  const written =
    typeof value !== 'string' ? String(value) : isQuoted ? quoteLike(value, quote) : quoteIfNeeded(value, /[,[\]{}]/.test(value));
  // An empty value stands right behind its colon or dash where no space follows.
  const gap = node.start === node.end && /[:-]/.test(text.charAt(node.start - 1)) ? ' ' : '';
  return { range: rangeOf(node.start, node.end), text: gap + written };
}

/** A string as a YAML scalar: in quotes only where it would otherwise be read as something else. */
export function quoteIfNeeded(value: string, inFlow = false): string {
  if (!needsQuotes(value) && !(inFlow && /[,[\]{}]/.test(value))) return value;
  return quoteLike(value, /["\\]/.test(value) ? "'" : '"');
}

/** Adds an entry to a map: behind the entry named by `after`, else at the end. */
export function insertEntry(text: string, map: YamlMap, key: string, valueYaml: string, after?: string): TextEdit {
  const own = ownEntries(map);
  const neighbor = (after === undefined ? undefined : own.find((it) => it.key === after)) ?? own.at(-1);
  if (map.flow) {
    if (neighbor === undefined) {
      const column = blockParentColumn(text, map);
      if (column !== undefined) return expanded(text, map, entryLines(text, quoteIfNeeded(key), valueYaml, column + stepOf(text)));
    }
    const isJson = /^\{\s*(?:"|\}?$)/.test(text.slice(map.start, map.end)) && isJsonText(text, map);
    const entry = isJson ? `${JSON.stringify(key)}: ${jsonText(valueYaml)}` : `${quoteIfNeeded(key, true)}: ${flowText(valueYaml)}`;
    return insertInFlow(text, map, neighbor && { start: neighbor.keyRange.start, end: neighbor.value.end }, entry);
  }
  return insertBelow(text, map, neighbor?.value ?? map, entryLines(text, quoteIfNeeded(key), valueYaml, columnOf(text, map.start)));
}

/** Adds an item at the end of a list. */
export function insertItem(text: string, list: YamlList, yaml: string): TextEdit {
  const last = list.items.at(-1);
  if (list.flow) {
    const column = last === undefined ? blockParentColumn(text, list) : undefined;
    if (column !== undefined) return expanded(text, list, itemLines(yaml, column + listStepOf(text)));
    return insertInFlow(text, list, last, isJsonText(text, list) ? jsonText(yaml) : flowText(yaml));
  }
  return insertBelow(text, list, last ?? list, itemLines(yaml, columnOf(text, list.start)));
}

/** Takes an entry out, with its lines; comments on other lines stay. A map left empty becomes `{}`; labels and annotations go. */
export function removeEntry(text: string, map: YamlMap, key: string | YamlEntry): TextEdit | undefined {
  const own = ownEntries(map);
  const wanted = typeof key === 'string' ? map.entry(key) : key;
  const index = wanted === undefined ? -1 : own.indexOf(wanted);
  const entry = own[index];
  if (entry === undefined) return undefined;
  const next = own[index + 1];
  const range = rangeOf(entry.keyRange.start, Math.max(entry.keyRange.end, entry.value.end));
  const before = own[index - 1];
  const others = before === undefined ? undefined : rangeOf(before.keyRange.start, Math.max(before.keyRange.end, before.value.end));
  if (own.length === 1) return map.flow ? { range: rangeOf(map.start, map.end), text: '{}' } : emptied(text, map, range, '{}');
  if (map.flow) return removeFromFlow(range, others, next?.keyRange);
  return removeLines(text, range, next === undefined);
}

/** Takes an item out, with its lines; comments on other lines stay. A list left empty becomes `[]`. */
export function removeItem(text: string, list: YamlList, index: number): TextEdit | undefined {
  const item = list.items[index];
  if (item === undefined) return undefined;
  if (list.items.length === 1) return list.flow ? { range: rangeOf(list.start, list.end), text: '[]' } : emptied(text, list, list, '[]');
  if (list.flow) return removeFromFlow(item, list.items[index - 1], list.items[index + 1]);
  return removeLines(text, rangeOf(dashOf(text, list, index), item.end), index === list.items.length - 1);
}

/** The blanks in front of a block map's keys, or a list's dashes. */
export function indentOf(text: string, node: Range): string {
  return ' '.repeat(columnOf(text, node.start));
}

function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (text.charCodeAt(start) === 0xfeff ? 1 : 0);
}

function needsQuotes(value: string): boolean {
  if (resolvePlain(value) !== value || value === '<<' || value === '=') return true;
  if (/^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)/.test(value)) return true;
  // eslint-disable-next-line no-control-regex -- these have to be written as escapes
  return /\s$|:\s|:$|\s#|[\0-\x1f\x7f\u0085\u2028\u2029\ufeff]/.test(value);
}

function quoteLike(value: string, quote: string): string {
  // eslint-disable-next-line no-control-regex -- these have to be written as escapes
  if (quote === "'" && !/[\0-\x1f\x7f\u0085\u2028\u2029\ufeff]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(/[\x7f\u0085\u2028\u2029\ufeff]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Entries written in the map itself, not brought in by a merge key. */
function ownEntries(map: YamlMap): readonly YamlEntry[] {
  return map.entries.filter((it) => map.start <= it.keyRange.start && it.keyRange.end <= map.end);
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** By how much the text indents maps. */
function stepOf(text: string): number {
  return /^( *)[^\s#-][^\r\n]*:[ ]*\r?\n\1( +)[^\s#-]/m.exec(text)?.[2]?.length ?? 2;
}

/** By how much the text indents lists below their key. */
function listStepOf(text: string): number {
  return /^( *)[^\s#-][^\r\n]*:[ ]*\r?\n\1( *)- /m.exec(text)?.[2]?.length ?? 0;
}

function entryLines(text: string, key: string, valueYaml: string, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  const value = parseDocument(valueYaml).root;
  const lines = linesOf(valueYaml);
  if (value === undefined || value.type === 'scalar' || value.flow)
    return [`${indent}${key}: ${lines[0] ?? ''}`.trimEnd(), ...indented(lines.slice(1), indent)];
  const step = value.type === 'list' ? listStepOf(text) : stepOf(text);
  return [`${indent}${key}:`, ...indented(lines, indent + ' '.repeat(step))];
}

function itemLines(yaml: string, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  const lines = linesOf(yaml);
  return [`${indent}- ${lines[0] ?? ''}`.trimEnd(), ...indented(lines.slice(1), `${indent}  `)];
}

function linesOf(yaml: string): readonly string[] {
  return yaml.trimEnd().split(/\r?\n/);
}

function indented(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}

function insertBelow(text: string, collection: YamlNode, neighbor: YamlNode, lines: readonly string[]): TextEdit {
  const eol = eolOf(text);
  const at = endOfLines(text, Math.max(neighbor.end, collection.start), neighbor);
  // Behind a block scalar that keeps its blank lines stands a line break already.
  if (at > 0 && at === lineStart(text, at)) return { range: rangeOf(at, at), text: lines.join(eol) + eol };
  return { range: rangeOf(at, at), text: eol + lines.join(eol) };
}

/** End of the last line of a node; a block scalar that keeps its trailing blank lines ends below them. */
function endOfLines(text: string, end: number, node: YamlNode): number {
  let last: YamlNode | undefined = node;
  while (last !== undefined && last.type !== 'scalar') last = last.type === 'map' ? last.entries.at(-1)?.value : last.items.at(-1);
  if (last?.style === 'block' && /^[|>][-\d]*\+/.test(text.slice(last.start, last.start + 4))) {
    const blank = /^\r?\n(?:[ ]*\r?\n)*/.exec(text.slice(lineEnd(text, end)));
    if (blank) return lineEnd(text, end) + blank[0].length;
  }
  return lineEnd(text, end);
}

function insertInFlow(text: string, collection: Range, neighbor: Range | undefined, entry: string): TextEdit {
  if (neighbor === undefined) {
    const isMap = text.charAt(collection.start) === '{';
    return { range: rangeOf(collection.start, collection.end), text: isMap ? `{ ${entry} }` : `[${entry}]` };
  }
  // Where each entry has its line, so has the new one.
  const line = lineStart(text, neighbor.start);
  const indent = text.slice(line, neighbor.start);
  const separator = /^[ \t]*$/.test(indent) && line > collection.start ? `,${eolOf(text)}${indent}` : ', ';
  return { range: rangeOf(neighbor.end, neighbor.end), text: separator + entry };
}

/** Column of the block key, or dash, that an empty flow collection belongs to; undefined within other brackets and for a root. */
function blockParentColumn(text: string, node: Range): number | undefined {
  const line = text.slice(lineStart(text, node.start), node.start);
  const match = /^(\ufeff?)((?: *- +)* *)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'[\]{},#-][^"'[\]{},#]*):[ ]+$/.exec(line);
  return match ? match[2]!.length : undefined;
}

/** Writes lines in the place of an empty `{}` or `[]`. */
function expanded(text: string, node: Range, lines: readonly string[]): TextEdit {
  const eol = eolOf(text);
  const end = lineEnd(text, node.end);
  const comment = text.slice(node.end, end).trimEnd();
  let start = node.start;
  while (text.charAt(start - 1) === ' ') start--;
  return { range: rangeOf(start, end), text: comment + eol + lines.join(eol) };
}

function removeFromFlow(range: Range, before: Range | undefined, next: Range | undefined): TextEdit {
  if (next !== undefined) return { range: rangeOf(range.start, next.start), text: '' };
  return { range: rangeOf(before?.end ?? range.start, range.end), text: '' };
}

function removeLines(text: string, range: Range, isLast: boolean): TextEdit {
  const line = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  const after = text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
  if (!/^\ufeff?[ ]*$/.test(text.slice(line, range.start))) {
    // Behind a dash, what comes next moves up.
    const next = after + /^\s*/.exec(text.slice(after))![0].length;
    return { range: rangeOf(range.start, next), text: '' };
  }
  const start = text.charCodeAt(line) === 0xfeff ? line + 1 : line;
  // Two gaps become one, and none is left where the last entry was.
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(after))![0].length;
  const gapAbove = line === 0 || /\n[ \t]*\r?\n$/.test(text.slice(Math.max(0, line - 200), line));
  if (gapAbove && blank > 0) return { range: rangeOf(start, after + blank), text: '' };
  // Of the last entry the line break before it goes, so that an entry may be added behind it by the same fix.
  if (isLast && start > 0) {
    const previous = text.charCodeAt(start - 2) === 13 ? start - 2 : start - 1;
    return { range: rangeOf(previous, end), text: '' };
  }
  return { range: rangeOf(start, after), text: '' };
}

/** Writes `{}` or `[]` where the last entry of a block collection was. */
function emptied(text: string, collection: Range, range: Range, empty: string): TextEdit {
  let start = collection.start;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  const isBehindColon = text.charAt(start - 1) === ':' && !text.slice(lineStart(text, start), start).includes('#');
  if (!isBehindColon || start === collection.start) return { range: rangeOf(collection.start, range.end), text: empty };
  const whole = range.end >= collection.end - 1 ? withoutKey(text, start, range.end) : undefined;
  if (whole) return { range: whole, text: '' };
  return { range: rangeOf(start, range.end), text: ` ${empty}` };
}

/** Maps that nobody would leave empty, since nothing at all means the same. */
const NEVER_EMPTY = /^( *)(?:annotations|labels):$/;

/** Lines of a map from its key to the end of its only entry, where they may go: no comment among them, and something else beside it. */
function withoutKey(text: string, colon: number, end: number): Range | undefined {
  const start = lineStart(text, colon);
  const indent = NEVER_EMPTY.exec(text.slice(start, colon))?.[1];
  const last = lineEnd(text, end);
  if (indent === undefined || start === 0 || /^\s*#/m.test(text.slice(colon, last))) return undefined;
  const depthOf = (line: string): number => /^[ -]*/.exec(line)![0].length;
  const before = text.slice(0, start).trimEnd().split(/\r?\n/).at(-1)!;
  const after =
    text
      .slice(last)
      .split(/\r?\n/)
      .find((it) => it.trim() !== '') ?? '';
  if (depthOf(before) < indent.length && (after === '' || depthOf(after) !== indent.length)) return undefined;
  // The line break before goes, so that the same fix may add something on either side.
  return rangeOf(text.charAt(start - 2) === '\r' ? start - 2 : start - 1, last);
}

/** Offset of the dash that an item stands behind. */
function dashOf(text: string, list: YamlList, index: number): number {
  if (index === 0) return list.start;
  const column = columnOf(text, list.start);
  for (let line = lineStart(text, list.items[index]!.start); line > list.start; line = lineStart(text, line - 1)) {
    if (/^ *-$/.test(text.slice(line, line + column + 1))) return line + column;
  }
  return list.items[index]!.start;
}

/** Whether a flow collection is written as JSON: everything in double quotes. */
function isJsonText(text: string, node: YamlMap | YamlList): boolean {
  const root = /^\s*[{[]/.test(text.replace(/^\ufeff/, ''));
  const first =
    node.type === 'map' ? node.entries[0]?.keyRange : node.items.find((it) => it.type === 'scalar' && typeof it.value === 'string');
  return first === undefined ? root : text.charAt(first.start) === '"';
}

function jsonText(yaml: string): string {
  const root = parseDocument(yaml).root;
  return JSON.stringify(root === undefined ? null : toJson(root));
}

function flowText(yaml: string): string {
  const root = parseDocument(yaml).root;
  return root === undefined ? 'null' : flowOf(yaml, root);
}

function flowOf(yaml: string, node: YamlNode): string {
  switch (node.type) {
    case 'map':
      if (node.entries.length === 0) return '{}';
      return `{ ${node.entries.map((it) => `${quoteIfNeeded(it.key, true)}: ${flowOf(yaml, it.value)}`).join(', ')} }`;
    case 'list':
      return `[${node.items.map((it) => flowOf(yaml, it)).join(', ')}]`;
    case 'scalar':
      return typeof node.value === 'string' ? quoteIfNeeded(node.value, true) : String(node.value);
  }
}
