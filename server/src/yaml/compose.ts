import { Composer, isAlias, isMap, isScalar, isSeq, Parser, Scalar, type CST, type ParsedNode, type Pair } from 'yaml';
import { rangeOf, type Range } from '../text/range.js';
import type { SyntaxProblem } from './document.js';
import { maskTemplates, type MaskedText } from './mask.js';
import { YamlList, YamlMap, YamlScalar, type ScalarStyle, type ScalarValue, type YamlEntry, type YamlNode } from './node.js';
import { isSubstituted, plainKey, resolvePlain } from './scalar.js';

/** How deep nodes may be nested. */
const DEPTH_LIMIT = 200;

/** How many nodes aliases may add to a document, as each rule that walks the tree would see them. */
const ALIAS_BUDGET = 100_000;

/** Where an error of the `yaml` package is, with its code and words, which are not for people. */
export interface ParserError extends Range {
  readonly code: string;
  readonly message: string;
}

export interface Composed {
  readonly root: YamlNode | undefined;
  /** What we found ourselves while building the tree. */
  readonly problems: readonly SyntaxProblem[];
  readonly errors: readonly ParserError[];
  readonly masked: MaskedText;
}

/** Reads any YAML with the `yaml` package, as far as it can be read. */
export function compose(text: string): Composed {
  const masked = maskTemplates(text);
  const problems: SyntaxProblem[] = [];
  const tokens = [...new Parser().parse(masked.text)];
  prune(tokens, problems);
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, keepSourceTokens: true, version: '1.2' });
  let errors: readonly ParserError[] = [];
  let root: YamlNode | undefined;
  for (const document of composer.compose(tokens, true, text.length)) {
    if (root !== undefined) break;
    errors = document.errors.map(({ code, message, pos }) => ({ code, message, start: pos[0], end: pos[1] }));
    const contents = document.contents as ParsedNode | null;
    if (contents !== null) root = new TreeBuilder(text, masked, problems).root(contents);
  }
  return { root, problems, errors, masked };
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
          problems.push({
            code: 'too-deep',
            severity: 'error',
            message: `This is nested more than ${DEPTH_LIMIT} levels deep and is not read.`,
            range: rangeOf(start, start + 1),
            related: [],
          });
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
  /** Nodes built so far, those that aliases stand for included. */
  #size = 0;

  constructor(
    private readonly text: string,
    private readonly masked: MaskedText,
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
      this.#report('unknown-alias', `No anchor "&${name}" stands above this alias.`, rangeOf(start, end));
      return new YamlScalar(start, end, null, 'plain', true);
    }
    if (anchor.size > this.#left) {
      if (this.#left >= 0) this.#report('too-many-aliases', 'The aliases up to here stand for too much to be read.', rangeOf(start, end));
      this.#left = -1;
      return new YamlScalar(start, end, null, 'plain', true);
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
    for (const pair of pairs) {
      const token = (pair as { srcToken?: CST.CollectionItem }).srcToken;
      const key = this.#key(pair.key, token, entries, flow);
      const value = this.#node(pair.value, emptyAt(this.masked.text, token?.sep, key.range.end));
      if (isScalar(pair.key) && pair.key.type === Scalar.PLAIN && pair.key.value === '<<') merged.push({ at: entries.length, value });
      else entries.push({ key: key.text, keyRange: key.range, keyOpaque: key.opaque, value });
    }
    this.#reportDuplicates(entries);
    const all = merged.length === 0 ? entries : mergedEntries(entries, merged);
    if (flow) return new YamlMap(range[0], range[1], all, true);
    const last = pairs.length === 0 ? undefined : this.#lastEnd(entries, merged);
    return new YamlMap(entries[0]?.keyRange.start ?? range[0], last ?? range[1], all, false);
  }

  #lastEnd(entries: readonly YamlEntry[], merged: readonly { readonly value: YamlNode }[]): number {
    return Math.max(entries.at(-1)?.value.end ?? 0, merged.at(-1)?.value.end ?? 0);
  }

  #key(
    key: ParsedNode,
    token: CST.CollectionItem | undefined,
    entries: YamlEntry[],
    flow: boolean,
  ): { text: string; range: Range; opaque: boolean } {
    const start = key.range[0];
    const end = key.range[1];
    if (isScalar(key)) {
      const plain = key.type === Scalar.PLAIN;
      const source = this.text.slice(start, end);
      if (plain && !flow && token?.key && source.includes('\n')) return this.#halfTyped(source, start, entries);
      const written = String(key.value);
      const templated = this.#isTemplated(start, end);
      if (key.anchor !== undefined) this.#node(key, start);
      const text = templated ? source : plain && !isString(key) ? plainKey(written) : written;
      return { text, range: rangeOf(start, end), opaque: templated || isSubstituted(source) };
    }
    const node = this.#node(key, start);
    const text = node.type === 'scalar' ? String(node.value) : this.text.slice(start, node.end);
    return { text, range: rangeOf(start, node.end), opaque: node.type === 'scalar' ? node.opaque : true };
  }

  /** A word alone on its line is a key being typed; the `yaml` package takes it and the lines below for one key. */
  #halfTyped(source: string, start: number, entries: YamlEntry[]): { text: string; range: Range; opaque: boolean } {
    let at = start;
    const lines = source.split('\n');
    for (let i = 0; ; i++) {
      const line = lines[i]!;
      const from = at + (line.length - line.trimStart().length);
      const range = rangeOf(from, at + line.trimEnd().length);
      const written = this.text.slice(range.start, range.end);
      const opaque = this.#isTemplated(range.start, range.end) || isSubstituted(written);
      const text = opaque ? written : plainKey(written);
      if (i === lines.length - 1) return { text, range, opaque };
      if (written !== '')
        entries.push({ key: text, keyRange: range, keyOpaque: opaque, value: new YamlScalar(range.end, range.end, null, 'empty', false) });
      at += line.length + 1;
    }
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
    return new YamlList(range[0], flow ? range[1] : (nodes.at(-1)?.end ?? range[1]), nodes, flow);
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
    else value = style === 'plain' && !isString(node) ? resolvePlain(String(node.value)) : String(node.value);
    return new YamlScalar(start, last, value, style, templated || isSubstituted(source));
  }

  #isTemplated(start: number, end: number): boolean {
    return this.masked.opaque.some((it) => it.start < end && start < it.end);
  }

  #reportDuplicates(entries: readonly YamlEntry[]): void {
    // Branches of an `if` may well repeat a key.
    if (this.masked.actions.length > 0) return;
    const first = new Map<string, YamlEntry>();
    for (const entry of entries) {
      const earlier = first.get(entry.key);
      if (earlier === undefined) first.set(entry.key, entry);
      else
        this.#report('duplicate-key', `"${entry.key}" is set twice in this map; only the last one counts.`, entry.keyRange, [
          { range: earlier.keyRange, message: `"${entry.key}" is set here first` },
        ]);
    }
  }

  #report(code: SyntaxProblem['code'], message: string, range: Range, related: SyntaxProblem['related'] = []): void {
    this.problems.push({ code, severity: 'error', message, range, related });
  }
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

/** Whether a tag makes a plain scalar text. */
function isString(node: Scalar.Parsed): boolean {
  return node.tag === '!' || node.tag === 'tag:yaml.org,2002:str';
}

/** Where an empty value stands: behind its colon or dash, and behind the one blank that follows if there is one. */
function emptyAt(text: string, tokens: readonly CST.SourceToken[] | undefined, otherwise: number): number {
  const mark = tokens?.find((it) => it.type === 'map-value-ind' || it.type === 'seq-item-ind');
  if (mark === undefined) return otherwise;
  const at = mark.offset + mark.source.length;
  return text.charCodeAt(at) === 32 ? at + 1 : at;
}
