import type { Range } from '../text/range.js';
import { maskTemplates } from '../yaml/mask.js';

export type Step = string | number;

/** Where in the structure of a document a cursor stands, however broken the rest may be. Ranges are relative to the document. */
export interface CompletionPlace {
  /** `key`: a new key of the map at `path`. `value`: the value at `path`. `either`: a line of its own, below `path` (schema decides). */
  readonly sort: 'key' | 'value' | 'either';
  readonly path: readonly Step[];
  /** What stands in the map around the cursor: scalars by key, empty for maps and lists; without the key under the cursor. */
  readonly siblings: ReadonlyMap<string, string>;
  /** Items of the list around the cursor, as written. */
  readonly items: readonly string[];
  /** The word under the cursor, to be replaced. */
  readonly replace: Range;
  /** Its part before the cursor. */
  readonly insert: Range;
  /** The word itself, without quotes. */
  readonly written: string;
  readonly quote: '' | '"' | "'";
  /** Column of the first character that would be written. */
  readonly column: number;
  readonly isFlow: boolean;
  /** The word is a key with its colon. */
  readonly hasColon: boolean;
  /** A blank is missing before what is written: `host:|`. */
  readonly needsBlank: boolean;
  /** The list's dash is still missing: an empty line below a key. */
  readonly isFresh: boolean;
}

export interface LooseDocument {
  readonly root: Loose | undefined;
  readonly place: CompletionPlace | undefined;
}

export type Loose = LooseMap | LooseList;

export interface LooseMap {
  readonly type: 'map';
  readonly column: number;
  readonly path: readonly Step[];
  readonly entries: LooseEntry[];
}

export interface LooseList {
  readonly type: 'list';
  readonly column: number;
  readonly path: readonly Step[];
  readonly items: LooseItem[];
}

export interface LooseEntry {
  readonly key: string;
  /** Scalar as written, without quotes. */
  text: string;
  child: Loose | undefined;
}

export interface LooseItem {
  text: string;
  raw: string;
  child: Loose | undefined;
}

/** Scalar at a path of a loose tree. */
export function looseText(root: Loose | undefined, path: readonly Step[]): string | undefined {
  let node = root;
  for (const [i, step] of path.entries()) {
    const found =
      node?.type === 'map' ? node.entries.find((it) => it.key === step) : typeof step === 'number' ? node?.items[step] : undefined;
    if (!found) return undefined;
    if (i === path.length - 1) return found.child ? undefined : found.text;
    node = found.child;
  }
  return undefined;
}

/** Scalars of the list at a path of a loose tree. */
export function looseTexts(root: Loose | undefined, path: readonly Step[]): readonly string[] {
  let node = root;
  for (const step of path) {
    node = (node?.type === 'map' ? node.entries.find((it) => it.key === step) : typeof step === 'number' ? node?.items[step] : undefined)
      ?.child;
  }
  return node?.type === 'list' ? node.items.flatMap((it) => (it.child || it.text === '' ? [] : [it.text])) : [];
}

/**
 * Reads a document line by line, by indentation alone, and finds what the cursor could write. Errors elsewhere do not matter: every line
 * that looks like an entry is one.
 */
export function readLoosely(source: string, offset: number): LooseDocument {
  const { text, opaque } = maskTemplates(source);
  const inAction = opaque.some((it) => it.start < offset && offset < it.end);
  const reader = new LooseReader(text, inAction ? -1 : offset);
  reader.read();
  return { root: reader.root, place: reader.place() };
}

interface Frame {
  readonly node: Loose;
  readonly column: number;
}

type Pending =
  | (Omit<CompletionPlace, 'siblings' | 'items'> & {
      readonly map: LooseMap | undefined;
      readonly list: LooseList | undefined;
      readonly parent?: LooseEntry | LooseItem | undefined;
      readonly own: LooseEntry | LooseItem | undefined;
    })
  | undefined;

class LooseReader {
  root: Loose | undefined;
  #pending: Pending;
  readonly #stack: Frame[] = [];
  /** What a deeper line would belong to. */
  #open: LooseEntry | LooseItem | undefined;
  #openPath: readonly Step[] = [];

  constructor(
    readonly text: string,
    readonly offset: number,
  ) {}

  read(): void {
    const { text, offset } = this;
    let at = 0;
    while (at <= text.length) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      const stop = text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end;
      const next = this.#line(at, stop, offset >= at && offset <= stop);
      at = Math.max(end + 1, next);
    }
  }

  place(): CompletionPlace | undefined {
    const pending = this.#pending;
    if (!pending) return undefined;
    const { map, list, parent, own, ...rest } = pending;
    const around = map ?? (parent?.child?.type === 'map' ? parent.child : undefined);
    const siblings = new Map((around?.entries ?? []).filter((it) => it !== own).map((it) => [it.key, it.child ? '' : it.text]));
    const listed = list ?? (parent?.child?.type === 'list' ? parent.child : undefined);
    return { ...rest, siblings, items: (listed?.items ?? []).filter((it) => it !== own).map((it) => it.raw) };
  }

  /** Reads one line; returns where reading goes on if that is further than the next line. */
  #line(start: number, end: number, hasCursor: boolean): number {
    const { text, offset } = this;
    let at = start;
    if (text.charCodeAt(at) === 0xfeff) at++;
    while (at < end && text.charCodeAt(at) === 32) at++;
    const isBlank = at >= end || text.slice(at, end).trim() === '';
    if (isBlank) {
      if (hasCursor) this.#fresh(start, offset, '', offset, false);
      return 0;
    }
    if (text[at] === '#') {
      // Before a comment, with a blank between.
      if (hasCursor && offset < at) this.#fresh(start, offset, '', offset, false);
      return 0;
    }
    if (at === start && /^(---|\.\.\.)(\s|$)/.test(text.slice(at, at + 4))) {
      this.#stack.length = 0;
      this.#open = undefined;
      this.#openPath = [];
      return 0;
    }
    // Dashes, each an item of its own list.
    while (text[at] === '-' && (at + 1 >= end || text[at + 1] === ' ')) {
      const item = this.#item(at - start);
      let inner = at + 1;
      while (inner < end && text.charCodeAt(inner) === 32) inner++;
      const isEmpty = inner >= end || text[inner] === '#';
      if (isEmpty && hasCursor && offset > at && offset <= inner) this.#freshItem(start, at, item.item, item.path);
      if (isEmpty) return 0;
      at = inner;
    }
    if (hasCursor && offset < at) return this.#content(start, at, end, false);
    return this.#content(start, at, end, hasCursor);
  }

  /** What stands behind indentation and dashes: an entry, or a scalar. */
  #content(start: number, at: number, end: number, hasCursor: boolean): number {
    const { text, offset } = this;
    if (text[at] === '{' || text[at] === '[') {
      return this.#open ? this.#value(this.#open, this.#openPath, at, end, hasCursor, start) : this.#rootFlow(at);
    }
    const key = keyAt(text, at, end);
    if (!key) {
      const isItem = this.#open !== undefined && 'raw' in this.#open && this.#open.raw === '' && this.#open.child === undefined;
      const scalarEnd = valueEnd(text, at, end);
      if (hasCursor && offset >= at && offset <= scalarEnd) {
        if (isItem) this.#word(start, at, scalarEnd, 'either');
        else this.#fresh(start, at, text.slice(at, scalarEnd), scalarEnd, true);
      }
      if (isItem && this.#open && 'raw' in this.#open) {
        this.#open.raw = text.slice(at, scalarEnd);
        this.#open.text = unquote(this.#open.raw);
        if (isBlockScalar(this.#open.raw)) return this.#blockScalar(end, at - start - 1);
      }
      return 0;
    }
    const column = at - start;
    const { entry, map } = this.#entry(column, key.name);
    if (hasCursor && offset >= at && offset <= key.end) {
      this.#pending = {
        sort: 'key',
        path: map.path,
        replace: { start: key.start, end: key.end },
        insert: { start: key.start, end: Math.min(offset, key.end) },
        written: key.name,
        quote: '',
        column,
        isFlow: false,
        hasColon: true,
        needsBlank: false,
        isFresh: false,
        map,
        list: undefined,
        own: entry,
      };
    }
    let value = key.colon + 1;
    while (value < end && (text.charCodeAt(value) === 32 || text.charCodeAt(value) === 9)) value++;
    const path = [...map.path, key.name];
    if (value >= end || text[value] === '#') {
      if (hasCursor && offset > key.colon && offset <= value) this.#emptyValue(entry, map, path, key.colon, start);
      this.#open = entry;
      this.#openPath = path;
      return 0;
    }
    if (hasCursor && offset > key.colon && offset < value) {
      this.#emptyValue(entry, map, path, key.colon, start);
      return this.#value(entry, path, value, end, false, start);
    }
    return this.#value(entry, path, value, end, hasCursor, start, map);
  }

  /** A value that starts on this line. */
  #value(
    owner: LooseEntry | LooseItem,
    path: readonly Step[],
    at: number,
    end: number,
    hasCursor: boolean,
    start: number,
    map?: LooseMap,
  ): number {
    const { text, offset } = this;
    this.#open = undefined;
    // An anchor or a tag stands before the value.
    const mark = /^(?:[&!]\S*\s+)+/.exec(text.slice(at, end));
    if (mark) at += mark[0].length;
    if (text[at] === '{' || text[at] === '[') return new FlowReader(this, path, owner).read(at);
    const stop = text[at] === '"' || text[at] === "'" ? quotedEnd(text, at, end) : valueEnd(text, at, end);
    const raw = text.slice(at, stop);
    owner.text = unquote(raw);
    if ('raw' in owner) owner.raw = raw;
    if (isBlockScalar(raw)) return this.#blockScalar(end, this.#stack[this.#stack.length - 1]?.column ?? 0);
    if (hasCursor && offset >= at && offset <= stop)
      this.#pending = { ...this.#scalar(at, stop, start, path), map, list: undefined, own: owner };
    return 0;
  }

  #scalar(at: number, stop: number, start: number, path: readonly Step[]): Omit<NonNullable<Pending>, 'map' | 'list' | 'own' | 'parent'> {
    const { text, offset } = this;
    const quote = text[at] === '"' || text[at] === "'" ? (text[at] as '"' | "'") : '';
    const inner = at + quote.length;
    const closed = quote !== '' && stop > inner && text[stop - 1] === quote ? stop - 1 : stop;
    return {
      sort: 'value',
      path,
      replace: { start: inner, end: Math.max(inner, closed) },
      insert: { start: inner, end: Math.max(inner, Math.min(offset, closed)) },
      written: text.slice(inner, closed),
      quote,
      column: inner - start,
      isFlow: false,
      hasColon: false,
      needsBlank: false,
      isFresh: false,
    };
  }

  /** `key: |` and `key:|`, with nothing behind. */
  #emptyValue(entry: LooseEntry, map: LooseMap, path: readonly Step[], colon: number, start: number): void {
    const { offset } = this;
    this.#pending = {
      sort: 'value',
      path,
      replace: { start: offset, end: offset },
      insert: { start: offset, end: offset },
      written: '',
      quote: '',
      column: offset - start,
      isFlow: false,
      hasColon: false,
      needsBlank: offset === colon + 1,
      isFresh: false,
      map,
      list: undefined,
      own: entry,
    };
  }

  /** `- |` and `-|`. */
  #freshItem(start: number, dash: number, item: LooseItem, path: readonly Step[]): void {
    const { offset } = this;
    const list = this.#listOf(item);
    this.#pending = {
      sort: 'either',
      path,
      replace: { start: offset, end: offset },
      insert: { start: offset, end: offset },
      written: '',
      quote: '',
      column: Math.max(offset, dash + 2) - start,
      isFlow: false,
      hasColon: false,
      needsBlank: offset === dash + 1,
      isFresh: false,
      map: undefined,
      list,
      parent: item,
      own: item,
    };
  }

  /** A word behind a dash: a scalar, or a key whose colon is still to come. */
  #word(start: number, at: number, stop: number, sort: 'either'): void {
    const item = this.#open as LooseItem;
    const list = this.#listOf(item);
    this.#pending = { ...this.#scalar(at, stop, start, this.#openPath), sort, map: undefined, list, parent: item, own: item };
  }

  /** An empty line, or a word that is all there is on its line: its column chooses the parent. */
  #fresh(start: number, at: number, written: string, stop: number, hasWord: boolean): void {
    const { offset, text } = this;
    const column = at - start;
    const common = {
      replace: { start: at, end: stop },
      insert: { start: at, end: Math.min(offset, stop) },
      written: unquote(written),
      quote: '' as const,
      column,
      isFlow: false,
      hasColon: false,
      needsBlank: false,
    };
    const top = this.#stack[this.#stack.length - 1];
    const below = this.#open;
    const openColumn = top?.column ?? -1;
    // Deeper than a key (or a dash) that has no value yet: its value.
    if (below && column > openColumn) {
      this.#pending = {
        ...common,
        sort: 'either',
        path: this.#openPath,
        isFresh: !('raw' in below),
        map: undefined,
        list: undefined,
        parent: below,
        own: undefined,
      };
      return;
    }
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const { node, column: own } = this.#stack[i]!;
      if (own > column) continue;
      if (node.type === 'map') {
        if (hasWord && own !== column && i === this.#stack.length - 1 && text.slice(at, stop).includes(' ')) return;
        this.#pending = { ...common, sort: 'key', path: node.path, isFresh: true, map: node, list: undefined, own: undefined };
        return;
      }
    }
    if (this.#stack.length === 0) {
      this.#pending = {
        ...common,
        sort: 'key',
        path: [],
        isFresh: true,
        map: this.root?.type === 'map' ? this.root : undefined,
        list: undefined,
        own: undefined,
      };
    }
  }

  #entry(column: number, key: string): { entry: LooseEntry; map: LooseMap } {
    while (this.#stack.length > 0) {
      const top = this.#stack[this.#stack.length - 1]!;
      if (top.column > column || (top.node.type === 'list' && top.column >= column)) this.#stack.pop();
      else break;
    }
    const top = this.#stack[this.#stack.length - 1];
    let map: LooseMap;
    if (top?.node.type === 'map' && (top.column === column || !this.#open)) map = top.node;
    else {
      map = { type: 'map', column, path: this.#open ? this.#openPath : [], entries: [] };
      if (this.#open) this.#open.child = map;
      else if (this.root?.type === 'map') map = this.root;
      else this.root ??= map;
      this.#stack.push({ node: map, column });
    }
    const entry: LooseEntry = { key, text: '', child: undefined };
    map.entries.push(entry);
    this.#open = entry;
    this.#openPath = [...map.path, key];
    return { entry, map };
  }

  #item(column: number): { item: LooseItem; path: readonly Step[] } {
    while (this.#stack.length > 0 && this.#stack[this.#stack.length - 1]!.column > column) this.#stack.pop();
    const top = this.#stack[this.#stack.length - 1];
    let list: LooseList;
    if (top?.node.type === 'list' && top.column === column) list = top.node;
    else {
      const owner = top ? lastOf(top.node) : undefined;
      const path = owner ? ownerPath(top!.node) : [];
      list = { type: 'list', column, path, items: [] };
      if (owner) owner.child = list;
      else this.root ??= list;
      this.#stack.push({ node: list, column });
    }
    const item: LooseItem = { text: '', raw: '', child: undefined };
    list.items.push(item);
    this.#open = item;
    this.#openPath = [...list.path, list.items.length - 1];
    return { item, path: this.#openPath };
  }

  #listOf(item: LooseItem): LooseList | undefined {
    return this.#stack.map((it) => it.node).find((it): it is LooseList => it.type === 'list' && it.items.includes(item));
  }

  #blockScalar(lineEnd: number, column: number): number {
    const { text, offset } = this;
    let at = text.indexOf('\n', lineEnd) + 1;
    if (at === 0) return text.length + 1;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      const line = text.slice(at, end);
      const indent = line.search(/[^ ]/);
      const isBlank = line.trim() === '';
      // A cursor on a blank line deeper than the key still writes the text.
      if (isBlank ? offset >= at && offset <= end && offset - at <= column : indent <= column) return at;
      at = end + 1;
    }
    return text.length + 1;
  }

  #rootFlow(at: number): number {
    const owner: LooseItem = { text: '', raw: '', child: undefined };
    const next = new FlowReader(this, [], owner).read(at);
    this.root ??= owner.child;
    return next;
  }

  /** For the flow reader, which finds the cursor itself. */
  found(pending: Pending): void {
    this.#pending = pending;
  }
}

/** Reads a flow collection, over several lines if need be; gives up where a line looks like an entry of the block around it. */
class FlowReader {
  readonly #reader: LooseReader;
  readonly #path: readonly Step[];
  readonly #owner: LooseEntry | LooseItem;
  #limit = 0;
  #at = 0;

  constructor(reader: LooseReader, path: readonly Step[], owner: LooseEntry | LooseItem) {
    this.#reader = reader;
    this.#path = path;
    this.#owner = owner;
  }

  /** Returns the start of the line behind the collection. */
  read(start: number): number {
    const { text } = this.#reader;
    this.#limit = flowLimit(text, start);
    this.#at = start;
    this.#owner.child = this.#collection(this.#path);
    const newline = text.indexOf('\n', this.#at);
    return newline < 0 ? text.length + 1 : newline + 1;
  }

  #collection(path: readonly Step[]): Loose {
    return this.#reader.text[this.#at] === '{' ? this.#map(path) : this.#list(path);
  }

  #map(path: readonly Step[]): LooseMap {
    const { text, offset } = this.#reader;
    const map: LooseMap = { type: 'map', column: 0, path, entries: [] };
    this.#at++;
    let isFree = true;
    while (this.#at < this.#limit) {
      const gap = this.#at;
      this.#skip();
      const char = text[this.#at];
      if (this.#at >= this.#limit || char === '}' || char === ',') {
        if (isFree && offset >= gap && offset <= this.#at)
          this.#found('key', path, offset, offset, offset, map, undefined, undefined, false);
        if (this.#at >= this.#limit) break;
        this.#at++;
        if (char === '}') break;
        isFree = true;
        continue;
      }
      if (isFree && offset >= gap && offset < this.#at) this.#found('key', path, offset, offset, offset, map, undefined, undefined, false);
      isFree = false;
      const keyStart = this.#at;
      const key = this.#scalar(true);
      if (this.#at === keyStart) this.#at++;
      const entry: LooseEntry = { key: key.text, text: '', child: undefined };
      map.entries.push(entry);
      const keyEnd = this.#at;
      this.#skip();
      const hasColon = text[this.#at] === ':';
      if (offset >= keyStart && offset <= keyEnd) {
        const { start, end } = this.#inQuotes(keyStart, keyEnd, key.quote);
        this.#found('key', path, start, end, offset, map, undefined, entry, hasColon, false, key.quote);
      }
      if (!hasColon) continue;
      const colon = this.#at++;
      this.#skip();
      this.#value(entry, [...path, key.text], colon, map, undefined);
    }
    return map;
  }

  #list(path: readonly Step[]): LooseList {
    const { text, offset } = this.#reader;
    const list: LooseList = { type: 'list', column: 0, path, items: [] };
    this.#at++;
    let isFree = true;
    while (this.#at < this.#limit) {
      const gap = this.#at;
      this.#skip();
      const char = text[this.#at];
      if (this.#at >= this.#limit || char === ']' || char === ',') {
        if (isFree && offset >= gap && offset <= this.#at)
          this.#found('value', [...path, list.items.length], offset, offset, offset, undefined, list, undefined, false);
        if (this.#at >= this.#limit) break;
        this.#at++;
        if (char === ']') break;
        isFree = true;
        continue;
      }
      isFree = false;
      const item: LooseItem = { text: '', raw: '', child: undefined };
      list.items.push(item);
      const before = this.#at;
      this.#value(item, [...path, list.items.length - 1], -1, undefined, list);
      if (this.#at === before) this.#at++;
    }
    return list;
  }

  #value(
    owner: LooseEntry | LooseItem,
    path: readonly Step[],
    colon: number,
    map: LooseMap | undefined,
    list: LooseList | undefined,
  ): void {
    const { text, offset } = this.#reader;
    const start = this.#at;
    if (colon >= 0 && offset > colon && offset < start)
      this.#found('value', path, offset, offset, offset, map, list, owner, false, offset === colon + 1);
    const char = text[start];
    if (char === '{' || char === '[') {
      owner.child = this.#collection(path);
      return;
    }
    if (start >= this.#limit || char === ',' || char === '}' || char === ']') {
      if (offset === start) this.#found('value', path, offset, offset, offset, map, list, owner, false, offset === colon + 1);
      return;
    }
    const value = this.#scalar(false);
    owner.text = value.text;
    if ('raw' in owner) owner.raw = text.slice(start, this.#at);
    if (offset >= start && offset <= this.#at) {
      const inner = this.#inQuotes(start, this.#at, value.quote);
      this.#found('value', path, inner.start, inner.end, offset, map, list, owner, false, false, value.quote);
    }
  }

  /** A scalar without its quotes, the closing one of which may not be written yet. */
  #inQuotes(start: number, end: number, quote: string): Range {
    if (quote === '') return { start, end };
    const isClosed = end - start > 1 && this.#reader.text[end - 1] === quote;
    return { start: start + 1, end: isClosed ? end - 1 : end };
  }

  #scalar(isKey: boolean): { text: string; quote: '' | '"' | "'" } {
    const { text } = this.#reader;
    const start = this.#at;
    const quote = text[start];
    if (quote === '"' || quote === "'") {
      const newline = text.indexOf('\n', start);
      this.#at = Math.min(this.#limit, quotedEnd(text, start, newline < 0 ? text.length : newline));
      return { text: unquote(text.slice(start, this.#at)), quote };
    }
    while (this.#at < this.#limit && !/[,[\]{}\n\r]/.test(text[this.#at]!)) {
      if (text[this.#at] === ':' && (isKey || /[\s,}\]]/.test(text[this.#at + 1] ?? ' '))) break;
      if (text[this.#at] === '#' && text[this.#at - 1] === ' ') break;
      this.#at++;
    }
    const raw = text.slice(start, this.#at).trimEnd();
    this.#at = start + raw.length;
    return { text: raw, quote: '' };
  }

  #skip(): void {
    const { text } = this.#reader;
    while (this.#at < this.#limit) {
      if (/\s/.test(text[this.#at]!)) this.#at++;
      else if (text[this.#at] === '#' && /\s/.test(text[this.#at - 1] ?? ' ')) {
        const newline = text.indexOf('\n', this.#at);
        this.#at = newline < 0 ? this.#limit : newline;
      } else break;
    }
  }

  #found(
    sort: 'key' | 'value',
    path: readonly Step[],
    start: number,
    end: number,
    offset: number,
    map: LooseMap | undefined,
    list: LooseList | undefined,
    own: LooseEntry | LooseItem | undefined,
    hasColon: boolean,
    needsBlank = false,
    quote: '' | '"' | "'" = '',
  ): void {
    const { text } = this.#reader;
    const line = text.lastIndexOf('\n', start - 1) + 1;
    // A comment inside of the collection holds no place.
    const comment = /(^|\s)#/.exec(text.slice(line, offset));
    if (comment && quote === '') return;
    this.#reader.found({
      sort,
      path,
      replace: { start, end },
      insert: { start, end: Math.min(Math.max(offset, start), end) },
      written: text.slice(start, end),
      quote,
      column: start - line,
      isFlow: true,
      hasColon,
      needsBlank,
      isFresh: false,
      map,
      list,
      own,
    });
  }
}

/** End of what a flow collection may take: where brackets close, or before a line that looks like an entry around it. */
function flowLimit(text: string, start: number): number {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(line).search(/[^ ]/);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (--depth === 0) return at + 1;
    } else if (char === '"' || char === "'") {
      const newline = text.indexOf('\n', at);
      const before = text[at - 1] ?? ' ';
      // An apostrophe within a word opens nothing.
      if (/[\s,:[{]/.test(before)) at = quotedEnd(text, at, newline < 0 ? text.length : newline) - 1;
    } else if (char === '\n') {
      const next = text.slice(at + 1, (text.indexOf('\n', at + 1) + text.length + 1) % (text.length + 1) || text.length);
      const column = next.search(/[^ ]/);
      if (column >= 0 && column <= indent && /^\s*(?:- |[\w./-]+:(?:\s|$)|---)/.test(next)) return at;
    }
  }
  return text.length;
}

function lastOf(node: Loose): LooseEntry | LooseItem | undefined {
  return node.type === 'map' ? node.entries[node.entries.length - 1] : node.items[node.items.length - 1];
}

function ownerPath(node: Loose): readonly Step[] {
  return node.type === 'map' ? [...node.path, node.entries[node.entries.length - 1]!.key] : [...node.path, node.items.length - 1];
}

interface Key {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly colon: number;
}

/** A key with its colon, plain or quoted. */
function keyAt(text: string, at: number, end: number): Key | undefined {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = quotedEnd(text, at, end);
    let colon = close;
    while (text[colon] === ' ') colon++;
    if (text[colon] !== ':' || close - at < 2 || !isBlankAt(text, colon + 1, end)) return undefined;
    return { name: unquote(text.slice(at, close)), start: at, end: close, colon };
  }
  for (let colon = at; colon < end; colon++) {
    const char = text[colon]!;
    if (char === '#' && colon > at && text[colon - 1] === ' ') return undefined;
    if (char !== ':' || !isBlankAt(text, colon + 1, end)) continue;
    const name = text.slice(at, colon).trimEnd();
    return name === '' ? undefined : { name, start: at, end: at + name.length, colon };
  }
  return undefined;
}

function isBlankAt(text: string, at: number, end: number): boolean {
  return at >= end || text[at] === ' ' || text[at] === '\t';
}

/** End of a quoted scalar, its closing quote included; the line's end where there is none. */
function quotedEnd(text: string, at: number, end: number): number {
  const quote = text[at];
  for (let i = at + 1; i < end; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) {
      if (quote === "'" && text[i + 1] === "'") i++;
      else return i + 1;
    }
  }
  return end;
}

/** End of a plain scalar on its line: before a comment, without blanks behind it. */
function valueEnd(text: string, at: number, end: number): number {
  const line = text.slice(at, end);
  const comment = line.search(/\s#/);
  return at + (comment < 0 ? line : line.slice(0, comment)).trimEnd().length;
}

function isBlockScalar(raw: string): boolean {
  return /^[|>][-+0-9]*$/.test(raw);
}

function unquote(raw: string): string {
  const match = /^(["'])(.*?)\1?$/s.exec(raw);
  return match ? match[2]! : raw;
}
