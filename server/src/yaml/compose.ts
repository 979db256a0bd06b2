import { Composer, isAlias, isMap, isScalar, isSeq, Parser, Scalar, type CST, type ParsedNode, type Pair } from 'yaml';
import { rangeOf, type Range } from '../text/range.js';
import { quotedText } from './block.js';
import type { SyntaxProblem } from './document.js';
import type { MaskedText } from './mask.js';
import { YamlList, YamlMap, YamlScalar, type ScalarStyle, type ScalarValue, type YamlEntry, type YamlNode } from './node.js';
import { lineEnd, syntaxProblem, type ParserError } from './problems.js';
import { isSubstituted, plainKey, resolvePlain } from './scalar.js';

/** How deep nodes may be nested. */
const DEPTH_LIMIT = 200;

/** How many nodes aliases may add to a document, as each rule that walks the tree would see them. */
const ALIAS_BUDGET = 100_000;

/** Of how many repeated keys a document tells. */
const MOST_REPEATED = 20;

export interface Composed {
  readonly root: YamlNode | undefined;
  /** What we found ourselves while building the tree. */
  readonly problems: readonly SyntaxProblem[];
  readonly errors: readonly ParserError[];
  readonly tokens: readonly CST.Token[];
}

/**
 * Reads any YAML with the `yaml` package, as far as it can be read; `masked` is what the package sees of the text.
 * In a templated text repeated keys are no problem: branches of an `if` may well repeat one.
 */
export function compose(text: string, masked: MaskedText, templated: boolean): Composed {
  const problems: SyntaxProblem[] = [];
  const tokens = [...new Parser().parse(masked.text)];
  prune(tokens, problems);
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, keepSourceTokens: true, version: '1.2' });
  const errors: ParserError[] = [];
  let root: YamlNode | undefined;
  for (const document of composer.compose(tokens, true, text.length)) {
    for (const { code, message, pos } of document.errors) errors.push({ code, message, start: pos[0], end: pos[1] });
    const contents = document.contents as ParsedNode | null;
    if (contents !== null && root === undefined) root = new TreeBuilder(text, masked, templated, problems).root(contents);
  }
  return { root, problems, errors, tokens };
}

/** Cuts off what is nested too deep, since composing it recurses. */
function prune(tokens: readonly CST.Token[], problems: SyntaxProblem[]): void {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  let reported = false;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token.type === 'document') {
      if (token.value) open.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const item of token.items) {
        if (depth + 1 < DEPTH_LIMIT) {
          if (item.key) open.push({ token: item.key, depth: depth + 1 });
          if (item.value) open.push({ token: item.value, depth: depth + 1 });
          continue;
        }
        if (!isCollection(item.key) && !isCollection(item.value)) continue;
        if (!reported) {
          const start = (isCollection(item.key) ? item.key : item.value)?.offset ?? token.offset;
          problems.push(
            syntaxProblem('too-deep', `This is nested more than ${DEPTH_LIMIT} levels deep and is not read.`, rangeOf(start, start + 1)),
          );
          reported = true;
        }
        if (isCollection(item.key)) item.key = null;
        if (isCollection(item.value)) delete item.value;
      }
    }
  }
}

function isCollection(token: CST.Token | null | undefined): boolean {
  return token !== null && token !== undefined && 'items' in token;
}

interface Anchor {
  readonly node: YamlNode;
  readonly size: number;
}

class TreeBuilder {
  readonly #anchors = new Map<string, Anchor>();
  #left = ALIAS_BUDGET;
  #repeated = 0;
  #hasCollectionKey = false;
  /** Nodes built so far, those that aliases stand for included. */
  #size = 0;

  constructor(
    private readonly text: string,
    private readonly masked: MaskedText,
    private readonly templated: boolean,
    private readonly problems: SyntaxProblem[],
  ) {}

  root(contents: ParsedNode): YamlNode | undefined {
    if (isScalar(contents) && contents.range[0] === contents.range[1] && contents.tag === undefined) return undefined;
    return this.#node(contents, contents.range[0]);
  }

  /** `empty` is where the node stands if there is nothing to see of it. */
  #node(node: ParsedNode | null | undefined, empty: number): YamlNode {
    this.#size++;
    if (!node) return new YamlScalar(empty, empty, null, 'empty', false);
    if (isAlias(node)) return this.#alias(node.source, node.range);
    const before = this.#size;
    let built: YamlNode;
    if (isMap(node))
      built = this.#map(node.items as unknown as readonly Pair<ParsedNode, ParsedNode | null>[], node.range, node.flow === true);
    else if (isSeq(node))
      built = this.#list(node.items, node.srcToken as CST.BlockSequence | CST.FlowCollection | undefined, node.range, node.flow === true);
    else built = this.#scalar(node, empty);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { node: built, size: this.#size - before + 1 });
    return built;
  }

  #alias(name: string, range: Range3): YamlNode {
    const [start, end] = range;
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      const isText = !/^[\w-]+$/.test(name);
      this.#report(
        'unknown-alias',
        isText ? 'A value that starts with "*" needs quotes.' : 'No anchor of this name stands above this alias.',
        rangeOf(start, end),
      );
      return new YamlScalar(start, end, this.text.slice(start, end), 'plain', true);
    }
    if (anchor.size > this.#left) {
      if (this.#left >= 0) this.#report('too-many-aliases', 'The aliases up to here stand for too much to be read.', rangeOf(start, end));
      this.#left = -1;
      return new YamlScalar(start, end, this.text.slice(start, end), 'plain', true);
    }
    this.#left -= anchor.size;
    this.#size += anchor.size - 1;
    const { node } = anchor;
    // The node itself is here; what is in it stays where it is written, which is where it can be changed.
    switch (node.type) {
      case 'map':
        return new YamlMap(start, end, node.entries, node.flow, node.partial);
      case 'list':
        return new YamlList(start, end, node.items, node.flow, node.partial);
      case 'scalar':
        return new YamlScalar(start, end, node.value, 'plain', node.opaque);
    }
  }

  #map(pairs: readonly Pair<ParsedNode, ParsedNode | null>[], range: Range3, flow: boolean): YamlMap {
    const entries: YamlEntry[] = [];
    const merged: { readonly at: number; readonly value: YamlNode }[] = [];
    let halfTyped = false;
    for (const pair of pairs) {
      const token = (pair as { srcToken?: CST.CollectionItem }).srcToken;
      const lines = flow ? [] : this.#linesOf(pair.key, token);
      const hasColon = token?.sep?.some((it) => it.type === 'map-value-ind') === true;
      // A word alone on its line is a key being typed; the package takes it and the lines below for one key.
      for (const line of hasColon ? lines.slice(0, -1) : lines) {
        entries.push(this.#halfTyped(line));
        halfTyped = true;
      }
      if (lines.length > 0 && !hasColon) continue;
      const key = this.#key(pair.key, lines.at(-1));
      const value = this.#node(pair.value, emptyAt(this.masked.text, token?.sep, key.range.end));
      if (isScalar(pair.key) && pair.key.type === Scalar.PLAIN && pair.key.value === '<<') merged.push({ at: entries.length, value });
      else entries.push({ key: key.text, keyRange: key.range, keyOpaque: key.opaque, value });
    }
    this.#reportDuplicates(entries);
    const all = merged.length === 0 ? entries : mergedEntries(entries, merged);
    const last = Math.max(lastEnd(entries.map((it) => it.value)), lastEnd(merged.map((it) => it.value)));
    // Of broken text what is within brackets may go on behind them.
    return new YamlMap(range[0], flow ? Math.max(range[1], last) : last || range[1], all, flow, halfTyped);
  }

  /** The lines of a plain implicit key, of which it can have one; none for other keys. */
  #linesOf(key: ParsedNode, token: CST.CollectionItem | undefined): readonly Range[] {
    if (!isScalar(key) || key.type !== Scalar.PLAIN || token?.start.some((it) => it.type === 'explicit-key-ind')) return [];
    const [start, end] = key.range;
    const lines: Range[] = [];
    for (let at = start; at < end; at = lineEnd(this.text, at) + 1) {
      const line = this.text.slice(at, Math.min(end, lineEnd(this.text, at)));
      const [, before, written] = /^([ \t]*)(.*?)[ \t]*$/s.exec(line)!;
      const from = at + before!.length;
      if (written !== '') lines.push(rangeOf(from, from + written!.length));
    }
    return lines;
  }

  #halfTyped(range: Range): YamlEntry {
    const written = this.text.slice(range.start, range.end);
    const [, name] = /^([\w./-]+):\S/.exec(written) ?? [];
    const end = name === undefined ? range.end : range.start + name.length;
    // Its text is not known before it is finished, so nothing is said about it.
    const value =
      name === undefined
        ? new YamlScalar(end, end, null, 'empty', true)
        : new YamlScalar(end + 1, range.end, written.slice(name.length + 1), 'plain', true);
    return { key: name ?? written, keyRange: rangeOf(range.start, end), keyOpaque: name === undefined, value };
  }

  /** `line` is the part of a key that counts where it has several lines. */
  #key(key: ParsedNode, line: Range | undefined): { text: string; range: Range; opaque: boolean } {
    if (!isScalar(key)) {
      if (!isAlias(key)) this.#reportCollectionKey(key.range);
      const node = this.#node(key, key.range[0]);
      const range = rangeOf(node.start, node.end);
      if (node.type === 'scalar') return { text: String(node.value), range, opaque: node.opaque };
      return { text: this.text.slice(node.start, node.end), range, opaque: true };
    }
    if (key.anchor !== undefined) this.#node(key, key.range[0]);
    const range = line ?? rangeOf(key.range[0], key.range[1]);
    const source = this.text.slice(range.start, range.end);
    if (this.#isTemplated(range.start, range.end)) return { text: source, range, opaque: true };
    const isWhole = range.start === key.range[0] && range.end === key.range[1];
    const written = isWhole ? String(key.value) : source;
    if (key.type === Scalar.PLAIN && !isString(key) && resolvePlain(written) === null) this.#reportNullKey(range);
    return { text: key.type === Scalar.PLAIN && !isString(key) ? plainKey(written) : written, range, opaque: isSubstituted(source) };
  }

  #reportCollectionKey([start, end]: Range3): void {
    if (this.#hasCollectionKey) return;
    this.#hasCollectionKey = true;
    this.#report('syntax', 'A map or list cannot be a key.', rangeOf(start, Math.min(end, lineEnd(this.text, start))));
  }

  #reportNullKey(range: Range): void {
    if (range.start < range.end) this.#report('syntax', 'A key cannot be null; as text it needs quotes.', range);
    else this.#report('syntax', 'No key stands before this colon.', rangeOf(range.start, Math.min(range.start + 1, this.text.length)));
  }

  #list(items: readonly unknown[], token: CST.BlockSequence | CST.FlowCollection | undefined, range: Range3, flow: boolean): YamlList {
    const nodes = items.map((item, i) => {
      const source = token?.items[i];
      if (typeof item === 'object' && item !== null && 'key' in item && 'value' in item) {
        const pair = item as unknown as Pair<ParsedNode, ParsedNode | null>;
        return this.#map([pair], pair.key.range, false);
      }
      return this.#node(item as ParsedNode, emptyAt(this.masked.text, source?.start, range[0]));
    });
    const last = lastEnd(nodes);
    return new YamlList(range[0], flow ? Math.max(range[1], last) : last || range[1], nodes, flow);
  }

  #scalar(node: Scalar.Parsed, empty: number): YamlScalar {
    const [start, end] = node.range;
    const style = styleOf(node);
    if (style === 'plain' && start === end) return new YamlScalar(empty, empty, isString(node) ? '' : null, 'empty', false);
    const source = this.text.slice(start, end);
    const templated = this.#isTemplated(start, end);
    const last = style === 'block' ? start + source.trimEnd().length : end;
    let value: ScalarValue;
    if (templated) value = style === 'plain' || style === 'block' ? source.trimEnd() : source.slice(1, -1);
    else if (style === 'plain') value = isString(node) ? String(node.value) : resolvePlain(String(node.value));
    else if (style === 'block' && this.#endsWithin(end)) value = String(node.value).replace(/\n$/, '');
    else value = (this.#isJoined(start, end) ? quotedText(source) : undefined) ?? String(node.value);
    return new YamlScalar(start, last, value, style, templated || isSubstituted(source));
  }

  #isTemplated(start: number, end: number): boolean {
    const { opaque } = this.masked;
    let low = 0;
    let high = opaque.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (opaque[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    return low < opaque.length && opaque[low]!.start < end;
  }

  /** Whether the text ends within a line of a block scalar, which then ends so too; the package adds a line end. */
  #endsWithin(end: number): boolean {
    return end === this.text.length && this.text.slice(this.text.lastIndexOf('\n') + 1).trim() !== '';
  }

  /** Whether the package saw one line where there are several. */
  #isJoined(start: number, end: number): boolean {
    return this.text.slice(start, end).includes('\n') && !this.masked.text.slice(start, end).includes('\n');
  }

  #reportDuplicates(entries: readonly YamlEntry[]): void {
    if (this.templated) return;
    const first = new Map<string, YamlEntry>();
    for (const entry of entries) {
      const earlier = first.get(entry.key);
      if (earlier === undefined) first.set(entry.key, entry);
      else if (this.#repeated++ < MOST_REPEATED)
        this.#report('duplicate-key', `"${entry.key}" is set twice in this map; only the last one counts.`, entry.keyRange, [
          { range: earlier.keyRange, message: `"${entry.key}" is set here first` },
        ]);
    }
  }

  #report(code: SyntaxProblem['code'], message: string, range: Range, related: SyntaxProblem['related'] = []): void {
    this.problems.push(syntaxProblem(code, message, range, related));
  }
}

function lastEnd(nodes: readonly YamlNode[]): number {
  return nodes.reduce((end, it) => Math.max(end, it.end), 0);
}

type Range3 = readonly [number, number, ...number[]];

/** Explicit keys win over merged ones, earlier merged ones over later. */
function mergedEntries(entries: readonly YamlEntry[], merged: readonly { readonly at: number; readonly value: YamlNode }[]): YamlEntry[] {
  const known = new Set(entries.map((it) => it.key));
  const result = [...entries];
  let shift = 0;
  for (const { at, value } of merged) {
    const sources = value.type === 'list' ? value.items : [value];
    for (const source of sources) {
      if (source.type !== 'map') continue;
      for (const entry of source.entries) {
        if (known.has(entry.key)) continue;
        known.add(entry.key);
        result.splice(at + shift++, 0, entry);
      }
    }
  }
  return result;
}

function styleOf(node: Scalar.Parsed): ScalarStyle {
  switch (node.type) {
    case Scalar.QUOTE_SINGLE:
      return 'single';
    case Scalar.QUOTE_DOUBLE:
      return 'double';
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      return 'block';
    default:
      return 'plain';
  }
}

/** Whether a tag makes a plain scalar text, as all tags do that only some tool knows. */
function isString(node: Scalar.Parsed): boolean {
  return node.tag === 'tag:yaml.org,2002:str' || node.tag?.startsWith('!') === true;
}

/** Where an empty value stands: behind its colon or dash, and behind the one blank that follows if there is one. */
function emptyAt(text: string, tokens: readonly CST.SourceToken[] | undefined, otherwise: number): number {
  const mark = tokens?.find((it) => it.type === 'map-value-ind' || it.type === 'seq-item-ind');
  if (mark === undefined) return otherwise;
  const at = mark.offset + mark.source.length;
  return text.charCodeAt(at) === 32 ? at + 1 : at;
}
