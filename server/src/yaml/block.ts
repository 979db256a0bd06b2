import { BlockEntry, shared, YamlList, YamlMap, YamlScalar, type YamlEntry, type YamlNode } from './node.js';
import { isSubstituted, plainKey, resolvePlain } from './scalar.js';
import { markerAt } from './split.js';

/**
 * Reads the YAML that manifests are written in, straight from the text, in one pass: block maps and lists, plain and quoted scalars
 * over one or more lines, block scalars, flow collections, comments. Anything else (anchors, tags, templates, tabs, repeated keys,
 * whatever may be an error) makes it decline with undefined. Where it does not, the tree is the one that `parseWithPackage` gives.
 */
export function parseBlock(text: string): { readonly root: YamlNode | undefined } | undefined {
  if (text.includes('{{') || text.includes('\x7f') || (text.includes('\r') && LONE_RETURN.test(text))) return undefined;
  const codes = codesOf(text);
  return codes && new BlockReader(text, codes).document();
}

/** A carriage return that ends no line. */
const LONE_RETURN = /\r(?!\n)/;

/**
 * The characters of a text as numbers, with END behind them; those that are no ASCII are all one, since YAML gives none of them a meaning.
 * Asking a list is much cheaper than asking a text that is a piece of a file. It holds until the next call; undefined for a text with a
 * byte-order mark within it.
 */
function codesOf(text: string): Uint8Array | undefined {
  const { length } = text;
  if (length + 2 > lastCodes.length) lastCodes = new Uint8Array(2 * length);
  let encoded = encoder.encodeInto(text, lastCodes);
  if (encoded.read < length) {
    lastCodes = new Uint8Array(3 * length + 2);
    encoded = encoder.encodeInto(text, lastCodes);
  }
  const codes = lastCodes;
  const { written } = encoded;
  if (written !== length && !narrow(codes, written)) return undefined;
  codes[length] = END;
  codes[length + 1] = END;
  return codes;
}

/** Makes of UTF-8 one number for each character as texts count them; false where there is a byte-order mark within. */
function narrow(codes: Uint8Array, size: number): boolean {
  let to = 0;
  for (let i = 0; i < size;) {
    const code = codes[i]!;
    if (code < 0x80) {
      codes[to++] = code;
      i++;
      continue;
    }
    if (code === 0xef && codes[i + 1] === 0xbb && codes[i + 2] === 0xbf && i > 0) return false;
    codes[to++] = BEYOND;
    // What takes four bytes is two characters to a text.
    if (code >= 0xf0) codes[to++] = BEYOND;
    i += code < 0xe0 ? 2 : code < 0xf0 ? 3 : 4;
  }
  return true;
}

let lastCodes = new Uint8Array(16_384);

declare const TextEncoder: new () => { encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number } };
const encoder = new TextEncoder();

const DEPTH_LIMIT = 100;

/** YAML has no limit of its own, but of a longer key the `yaml` package complains. */
const KEY_LIMIT = 1000;

/** Characters that start something other than a plain scalar; dashes, colons and question marks do so before a blank only. */
const NO_PLAIN_START = new Uint8Array(256);
for (const char of ',[]{}#&*!|>%@`"\'') NO_PLAIN_START[char.charCodeAt(0)] = 1;

/** Characters that a plain null starts with. */
const NULL_START = new Uint8Array(256);
for (const char of 'nN~') NULL_START[char.charCodeAt(0)] = 1;

/** Stands behind the last character of a text. */
const END = 0;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const DOUBLE = 34;
const HASH = 35;
const DOLLAR = 36;
const SINGLE = 39;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const QUESTION = 63;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const BAR = 124;
const ANGLE = 62;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;
const BEYOND = 255;
const BYTE_ORDER_MARK = 0xfeff;

/** Methods that read a node return undefined where the reader declines, and leave `#at` at the next content that follows. */
class BlockReader {
  readonly #text: string;
  readonly #codes: Uint8Array;
  /** Where the next content stands, in which column; column -1 stands for the end of the document. */
  #at = 0;
  #column = -1;
  /** What lay between the line before and the content: blank lines, and whether there was a comment. */
  #blanks = 0;
  #commented = false;
  #marker: '---' | '...' | undefined;
  /** What ended a plain scan (a colon, a comment or the line), where, and whether a `$` was among it. */
  #stop = 0;
  #stopAt = 0;
  #dollar = false;
  /** Offset behind a flow collection or quoted scalar. */
  #after = 0;
  #depth = 0;
  /** Whether there was a control character (tabs among them), for which the reader declines. */
  #isStrange = false;

  constructor(text: string, codes: Uint8Array) {
    this.#text = text;
    this.#codes = codes;
  }

  document(): { readonly root: YamlNode | undefined } | undefined {
    const isMarked = this.#text.charCodeAt(0) === BYTE_ORDER_MARK;
    this.#advance(isMarked ? 1 : 0);
    // Of what stands behind a byte-order mark, the `yaml` package counts columns otherwise.
    if (isMarked && this.#text.lastIndexOf('\n', this.#at) < 0 && !(this.#at === 1 && isWord(this.#text.charAt(1)))) return undefined;
    if (this.#marker === '---' && !this.#finishLine(this.#at + 3)) return undefined;
    if (this.#column < 0) return this.#marker === undefined && !this.#isStrange ? { root: undefined } : undefined;
    const root = this.#node(-1);
    if (root === undefined || root.type === 'scalar' || this.#column >= 0) return undefined;
    if (this.#marker === '...' && !this.#finishLine(this.#at + 3)) return undefined;
    return this.#marker === undefined && this.#column < 0 && !this.#isStrange ? { root } : undefined;
  }

  /** Goes to the first content at or below a line's start. */
  #advance(line: number): void {
    const text = this.#text;
    const codes = this.#codes;
    this.#blanks = 0;
    this.#commented = false;
    this.#marker = undefined;
    for (;;) {
      let i = line;
      while (codes[i] === SPACE) i++;
      const code = codes[i]!;
      if (code === NEWLINE) {
        line = i + 1;
        this.#blanks++;
      } else if (code === RETURN) {
        line = i + 2;
        this.#blanks++;
      } else if (code === HASH) {
        this.#commented = true;
        line = this.#lineBelow(i);
      } else {
        this.#at = i;
        this.#column = i < text.length ? i - line : -1;
        if (i === line && (code === DASH || code === 46)) {
          this.#marker = markerAt(text, i);
          if (this.#marker !== undefined) this.#column = -1;
        }
        return;
      }
    }
  }

  #lineBelow(at: number): number {
    const codes = this.#codes;
    for (let i = at; ; i++) {
      const code = codes[i]!;
      if (code >= SPACE || code === RETURN) continue;
      if (code === NEWLINE) return i + 1;
      if (i >= this.#text.length) return this.#text.length;
      this.#isStrange = true;
    }
  }

  /** Goes on below a line of which nothing but blanks and a comment is left; false where there is more. */
  #finishLine(at: number): boolean {
    const text = this.#text;
    const codes = this.#codes;
    let i = at;
    while (codes[i] === SPACE) i++;
    const code = codes[i]!;
    if (code === NEWLINE) this.#advance(i + 1);
    else if (code === RETURN) this.#advance(i + 2);
    else if (code === HASH && i > at) this.#advance(this.#lineBelow(i));
    else if (i === text.length) this.#advance(i);
    else return false;
    return true;
  }

  #isBlankAt(at: number): boolean {
    const code = this.#codes[at]!;
    return code === SPACE || code === NEWLINE || code === RETURN || at >= this.#text.length;
  }

  #isDashAt(at: number): boolean {
    return this.#codes[at] === DASH && this.#isBlankAt(at + 1);
  }

  #isPlainAt(at: number, code: number): boolean {
    if (code === DASH || code === COLON || code === QUESTION) return !this.#isBlankAt(at + 1);
    return NO_PLAIN_START[code] !== 1;
  }

  /** The node that begins at the current content. Its lines are indented deeper than `parent`. */
  #node(parent: number): YamlNode | undefined {
    const text = this.#text;
    const codes = this.#codes;
    const at = this.#at;
    const column = this.#column;
    const code = codes[at]!;
    if (code === DASH && this.#isBlankAt(at + 1)) return this.#list(column);
    if (code === DOUBLE || code === SINGLE) {
      const scalar = this.#quoted(at, parent);
      if (scalar === undefined) return undefined;
      const colon = this.#colonBehind(scalar.end);
      if (colon < 0) return this.#finishLine(scalar.end) ? scalar : undefined;
      if (text.slice(at, scalar.end).includes('\n')) return undefined;
      return this.#map(column, at, scalar.end, scalar.value as string, scalar.opaque, colon);
    }
    if (code === OPEN_MAP || code === OPEN_LIST) {
      const node = this.#flow(at, parent, 1);
      return node !== undefined && this.#finishLine(this.#after) ? node : undefined;
    }
    if (!this.#isPlainAt(at, code)) return undefined;
    const end = this.#scanPlain(at);
    if (this.#stop !== COLON) return this.#plain(at, end, parent);
    return this.#map(column, at, end, keyAt(text, codes, at, end), this.#dollar && isSubstituted(text.slice(at, end)), this.#stopAt);
  }

  /** A map whose first key has been read. */
  #map(column: number, start: number, end: number, key: string, opaque: boolean, colon: number): YamlMap | undefined {
    const text = this.#text;
    const codes = this.#codes;
    if (++this.#depth > DEPTH_LIMIT) return undefined;
    const first = start;
    const entries: YamlEntry[] = [];
    for (;;) {
      if (isMergeKey(codes, start) || end - start > KEY_LIMIT || isNullKey(codes, start, key)) return undefined;
      const value = this.#valueBehind(colon, column);
      if (value === undefined) return undefined;
      entries.push(new BlockEntry(key, start, end, opaque, value));
      if (this.#column !== column) break;

      start = this.#at;
      const code = codes[start]!;
      if (code === DOUBLE || code === SINGLE) {
        const scalar = this.#quoted(start, Number.MAX_SAFE_INTEGER);
        if (scalar === undefined) return undefined;
        end = scalar.end;
        key = scalar.value as string;
        opaque = scalar.opaque;
        colon = this.#colonBehind(end);
        if (colon < 0) return undefined;
      } else {
        if (!this.#isPlainAt(start, code)) return undefined;
        end = this.#scanPlain(start);
        if (this.#stop !== COLON) return undefined;
        key = keyAt(text, codes, start, end);
        opaque = this.#dollar && isSubstituted(text.slice(start, end));
        colon = this.#stopAt;
      }
    }
    this.#depth--;
    if (this.#column > column || hasRepeatedKey(entries)) return undefined;
    return new YamlMap(first, entries[entries.length - 1]!.value.end, entries, false);
  }

  #valueBehind(colon: number, column: number): YamlNode | undefined {
    const text = this.#text;
    const codes = this.#codes;
    let i = colon + 1;
    while (codes[i] === SPACE) i++;
    const code = codes[i]!;
    if (code === DOUBLE || code === SINGLE) {
      const scalar = this.#quoted(i, column);
      return scalar !== undefined && this.#finishLine(scalar.end) ? scalar : undefined;
    }
    if (code === OPEN_MAP || code === OPEN_LIST) {
      const node = this.#flow(i, column, 1);
      return node !== undefined && this.#finishLine(this.#after) ? node : undefined;
    }
    if (code === BAR || code === ANGLE) return this.#blockScalar(i, column);
    if (code === NEWLINE || code === RETURN || code === HASH || i >= text.length) {
      if (!this.#finishLine(colon + 1)) return undefined;
      if (this.#column > column) return this.#node(column);
      if (this.#column === column && this.#isDashAt(this.#at)) return this.#list(column);
      return this.#empty(colon + 1);
    }
    if (!this.#isPlainAt(i, code)) return undefined;
    const end = this.#scanPlain(i);
    return this.#stop === COLON ? undefined : this.#plain(i, end, column);
  }

  #list(column: number): YamlList | undefined {
    const text = this.#text;
    const codes = this.#codes;
    if (++this.#depth > DEPTH_LIMIT) return undefined;
    const start = this.#at;
    const items: YamlNode[] = [];
    do {
      const dash = this.#at;
      let i = dash + 1;
      while (codes[i] === SPACE) i++;
      const code = codes[i]!;
      let item: YamlNode | undefined;
      if (code === NEWLINE || code === RETURN || code === HASH || i >= text.length) {
        if (!this.#finishLine(dash + 1)) return undefined;
        item = this.#column > column ? this.#node(column) : this.#empty(dash + 1);
      } else if (code === BAR || code === ANGLE) {
        item = this.#blockScalar(i, column);
      } else {
        this.#at = i;
        this.#column = column + i - dash;
        item = this.#node(column);
      }
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#column === column && this.#isDashAt(this.#at));
    this.#depth--;
    return this.#column > column ? undefined : new YamlList(start, items[items.length - 1]!.end, items, false);
  }

  /** An empty value, which stands behind one space if there is one. */
  #empty(at: number): YamlScalar {
    const place = this.#codes[at] === SPACE ? at + 1 : at;
    return new YamlScalar(place, place, null, 'empty', false);
  }

  /** Offset of the colon that makes a quoted scalar a key; -1 where there is none. */
  #colonBehind(at: number): number {
    let i = at;
    while (this.#codes[i] === SPACE) i++;
    return this.#codes[i] === COLON && this.#isBlankAt(i + 1) ? i : -1;
  }

  /** Runs to the end of plain text on its line: a colon and a blank, a blank and a `#`, or the line's end. Gives the text's end. */
  #scanPlain(from: number): number {
    const codes = this.#codes;
    this.#dollar = false;
    let i = from;
    for (;;) {
      const code = codes[i]!;
      if (code > COLON) {
        i++;
      } else if (code === SPACE) {
        i++;
        if (codes[i] === HASH) {
          this.#stop = HASH;
          break;
        }
      } else if (code === COLON) {
        if (this.#isBlankAt(i + 1)) {
          this.#stop = COLON;
          break;
        }
        i++;
      } else if (code < SPACE) {
        if (code !== NEWLINE && code !== RETURN && i < this.#text.length) this.#isStrange = true;
        this.#stop = NEWLINE;
        break;
      } else {
        if (code === DOLLAR) this.#dollar = true;
        i++;
      }
    }
    this.#stopAt = i;
    while (i > from && codes[i - 1] === SPACE) i--;
    return i;
  }

  /** A plain scalar whose first line has been scanned up to `end`. */
  #plain(start: number, end: number, parent: number): YamlScalar | undefined {
    const text = this.#text;
    const isDone = this.#stop === HASH;
    this.#advance(this.#lineBelow(this.#stopAt));
    if (isDone || this.#column <= parent || this.#commented) {
      const source = text.slice(start, end);
      if (this.#column > parent) return undefined;
      return new YamlScalar(start, end, resolvePlain(source), 'plain', this.#dollar && isSubstituted(source));
    }
    let value = text.slice(start, end);
    do {
      value += this.#blanks === 0 ? ' ' : '\n'.repeat(this.#blanks);
      const at = this.#at;
      end = this.#scanPlain(at);
      if (this.#stop === COLON) return undefined;
      value += text.slice(at, end);
      const isLast = this.#stop === HASH;
      this.#advance(this.#lineBelow(this.#stopAt));
      if (isLast) break;
    } while (this.#column > parent && !this.#commented);
    if (this.#column > parent) return undefined;
    return new YamlScalar(start, end, resolvePlain(value), 'plain', isSubstituted(text.slice(start, end)));
  }

  /** A quoted scalar; lines that it goes on in are indented deeper than `parent`. */
  #quoted(start: number, parent: number): YamlScalar | undefined {
    const text = this.#text;
    const codes = this.#codes;
    const quote = codes[start]!;
    let escaped = false;
    let dollar = false;
    let lines = 0;
    let i = start + 1;
    for (; ; i++) {
      const code = codes[i]!;
      if (code === quote) {
        if (quote === DOUBLE || codes[i + 1] !== SINGLE) break;
        escaped = true;
        i++;
      } else if (code === BACKSLASH) {
        if (quote === SINGLE) continue;
        escaped = true;
        i++;
        // What is escaped at a line's end has rules of its own.
        if (codes[i]! <= SPACE) return undefined;
      } else if (code === NEWLINE) {
        lines++;
        let indent = 0;
        while (codes[i + 1 + indent] === SPACE) indent++;
        const next = codes[i + 1 + indent]!;
        if (indent <= parent && next !== NEWLINE && next !== RETURN) return undefined;
        i += indent;
      } else if (code === DOLLAR) {
        dollar = true;
      } else if (code < SPACE && code !== RETURN) return undefined;
    }
    const value = lines > 0 || escaped ? quotedText(text.slice(start, i + 1)) : text.slice(start + 1, i);
    if (value === undefined) return undefined;
    this.#after = i + 1;
    return new YamlScalar(start, i + 1, value, quote === SINGLE ? 'single' : 'double', dollar && isSubstituted(text.slice(start, i + 1)));
  }

  #blockScalar(start: number, parent: number): YamlScalar | undefined {
    const text = this.#text;
    const codes = this.#codes;
    const isFolded = codes[start] === ANGLE;
    const sign = codes[start + 1]!;
    const chomp = sign === DASH || sign === 43 ? sign : 0;
    const header = start + (chomp === 0 ? 1 : 2);
    // An explicit indentation is rare, and has rules of its own.
    if (!this.#isBlankAt(header) || !this.#finishLine(header)) return undefined;
    let line = this.#lineBelow(header);
    let indent = -1;
    let value = '';
    let blanks = 0;
    let end = start;
    for (let next; line < text.length; line = next) {
      next = this.#lineBelow(line);
      let i = line;
      while (codes[i] === SPACE) i++;
      const code = codes[i]!;
      const column = i - line;
      if (code === NEWLINE || code === RETURN || i >= text.length) {
        // Blanks beyond the indentation are text.
        if (column > (indent < 0 ? 0 : indent) || i >= text.length) return undefined;
        blanks++;
        continue;
      }
      if (indent < 0) {
        if (column <= parent || blanks > 0) return undefined;
        indent = column;
      } else if (column < indent) {
        if (column > parent && code !== HASH) return undefined;
        break;
      } else if (isFolded && (column > indent || code === 9)) return undefined;
      if (end > start) value += isFolded ? (blanks === 0 ? ' ' : '\n'.repeat(blanks)) : '\n'.repeat(blanks + 1);
      blanks = 0;
      end = codes[next - 1] !== NEWLINE ? next : codes[next - 2] === RETURN ? next - 2 : next - 1;
      value += text.slice(line + indent, end);
    }
    if (indent < 0) return undefined;
    // Where the text ends without a line end, so does the scalar.
    if (end < text.length) {
      if (chomp === 0) value += '\n';
      else if (chomp === 43) value += '\n'.repeat(1 + blanks);
    }
    this.#advance(line);
    const source = text.slice(start, end).trimEnd();
    return new YamlScalar(start, start + source.length, value, 'block', isSubstituted(source));
  }

  #flow(start: number, parent: number, depth: number): YamlMap | YamlList | undefined {
    const codes = this.#codes;
    if (depth + this.#depth > DEPTH_LIMIT) return undefined;
    const isMap = codes[start] === OPEN_MAP;
    const close = isMap ? CLOSE_MAP : CLOSE_LIST;
    const entries: YamlEntry[] = [];
    const items: YamlNode[] = [];
    let i = start + 1;
    for (;;) {
      i = this.#flowGap(i, parent, depth);
      if (i < 0) return undefined;
      if (codes[i] === close) break;
      if (isMap) {
        const entry = this.#flowEntry(i, parent, depth);
        if (entry === undefined) return undefined;
        entries.push(entry);
      } else {
        const item = this.#flowValue(i, parent, depth);
        if (item === undefined) return undefined;
        items.push(item);
      }
      i = this.#flowGap(this.#after, parent, depth);
      if (i < 0) return undefined;
      if (codes[i] === close) break;
      if (codes[i] !== COMMA) return undefined;
      i++;
    }
    this.#after = i + 1;
    if (!isMap) return new YamlList(start, i + 1, items, true);
    return hasRepeatedKey(entries) ? undefined : new YamlMap(start, i + 1, entries, true);
  }

  #flowEntry(start: number, parent: number, depth: number): YamlEntry | undefined {
    const codes = this.#codes;
    const key = this.#flowScalar(start, true);
    if (key === undefined || isMergeKey(codes, start) || key.end - start > KEY_LIMIT) return undefined;
    if (isNullKey(codes, start, key.value as string)) return undefined;
    let i = key.end;
    while (codes[i] === SPACE) i++;
    let value: YamlNode | undefined;
    if (codes[i] === COLON) {
      // A colon right behind a plain key that goes on is part of it, which the scan has seen; one behind a quote needs no blank.
      const colon = i;
      i = this.#flowGap(colon + 1, parent, depth);
      const code = codes[i]!;
      if (i < 0) return undefined;
      if (code === COMMA || code === CLOSE_MAP) {
        value = this.#empty(colon + 1);
        this.#after = i;
      } else value = this.#flowValue(i, parent, depth);
      if (value === undefined) return undefined;
    } else {
      value = new YamlScalar(key.end, key.end, null, 'empty', false);
      this.#after = key.end;
    }
    return new BlockEntry(key.value as string, start, key.end, key.opaque, value);
  }

  #flowValue(at: number, parent: number, depth: number): YamlNode | undefined {
    const code = this.#codes[at]!;
    if (code === OPEN_MAP || code === OPEN_LIST) return this.#flow(at, parent, depth + 1);
    const scalar = this.#flowScalar(at, false);
    if (scalar !== undefined) this.#after = scalar.end;
    return scalar;
  }

  /** A scalar on one line within brackets; a key is always text. */
  #flowScalar(start: number, isKey: boolean): YamlScalar | undefined {
    const text = this.#text;
    const codes = this.#codes;
    const first = codes[start]!;
    if (first === DOUBLE || first === SINGLE) return this.#quoted(start, Number.MAX_SAFE_INTEGER);
    // `=` and `<` may be those of a merge conflict.
    if (NO_PLAIN_START[first] === 1 || first === 61 || first === 60 || first === COLON || first === QUESTION) return undefined;
    let i = start;
    let dollar = false;
    for (; ; i++) {
      const code = codes[i]!;
      if (code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP || code === NEWLINE || code === RETURN) break;
      if (code === COLON && (this.#isBlankAt(i + 1) || isFlowIndicator(codes[i + 1]!))) break;
      if (code === SPACE && codes[i + 1] === HASH) break;
      if (code === OPEN_LIST || code === OPEN_MAP || code < SPACE) return undefined;
      if (code === DOLLAR) dollar = true;
    }
    while (codes[i - 1] === SPACE) i--;
    const source = text.slice(start, i);
    if (source === '-' || source.startsWith('- ')) return undefined;
    return new YamlScalar(start, i, isKey ? plainKey(source) : resolvePlain(source), 'plain', dollar && isSubstituted(source));
  }

  /** Next content within brackets, or -1 where a line is indented too little or the text ends. */
  #flowGap(at: number, parent: number, depth: number): number {
    const text = this.#text;
    const codes = this.#codes;
    let line = -1;
    for (let i = at; ; i++) {
      const code = codes[i]!;
      if (code === SPACE || code === RETURN) continue;
      if (code === NEWLINE) {
        line = i + 1;
        continue;
      }
      if (code === END) return -1;
      if (line >= 0 && i - line <= parent) {
        const isLast = depth === 1 && i - line === parent && (code === CLOSE_LIST || code === CLOSE_MAP);
        if (!isLast) return -1;
      }
      if (line === i && markerAt(text, i) !== undefined) return -1;
      if (code !== HASH) return i;
      if (i > 0 && !this.#isBlankAt(i - 1)) return -1;
      i = this.#lineBelow(i) - 1;
      line = i + 1;
    }
  }
}

/** Keys that came lately, as written and as they are read, by a hash of their place: most are met over and over. */
const KEYS = 2048;
const LONGEST_SHARED = 48;
const writtenKeys = new Uint8Array(KEYS * LONGEST_SHARED);
const lengths = new Uint8Array(KEYS);
const readKeys = new Array<string>(KEYS).fill('');

/** The text of a plain key, mostly without making a new one. */
function keyAt(text: string, codes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST_SHARED) return plainKey(text.slice(start, end));
  const middle = codes[start + (length >> 1)]!;
  const slot = (Math.imul(codes[start]!, 31) + Math.imul(middle, 127) + Math.imul(codes[end - 1]!, 521) + length * 67) & (KEYS - 1);
  const place = slot * LONGEST_SHARED;
  if (lengths[slot] === length) {
    let i = 0;
    while (i < length && codes[start + i] === writtenKeys[place + i]) i++;
    if (i === length) return readKeys[slot]!;
  }
  const written = text.slice(start, end);
  const read = plainKey(written);
  // What is no name of a field, a label or an annotation may be as many things as there are documents.
  if (!isWord(written) && !isQualified(written)) return read;
  const key = shared(read);
  lengths[slot] = length;
  for (let i = 0; i < length; i++) writtenKeys[place + i] = codes[start + i]!;
  readKeys[slot] = key;
  return key;
}

function isWord(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const lower = text.charCodeAt(i) | 32;
    if (lower < 97 || lower > 122) return false;
  }
  return true;
}

/** `app.kubernetes.io/name` */
function isQualified(text: string): boolean {
  return text.includes('/') && QUALIFIED.test(text);
}

const QUALIFIED = /^[a-z][a-z-]*(?:\.[a-z][a-z-]*)+\/[A-Za-z][A-Za-z-]*$/;

function isFlowIndicator(code: number): boolean {
  return code === COMMA || code === OPEN_LIST || code === CLOSE_LIST || code === OPEN_MAP || code === CLOSE_MAP;
}

/** A plain `null` or `~`, which cannot be a key. */
function isNullKey(codes: Uint8Array, at: number, key: string): boolean {
  return NULL_START[codes[at]!] === 1 && key === 'null';
}

/** `<<`, or the marker of a merge conflict. */
function isMergeKey(codes: Uint8Array, at: number): boolean {
  return codes[at] === 60 && codes[at + 1] === 60;
}

function hasRepeatedKey(entries: readonly YamlEntry[]): boolean {
  if (entries.length > 8) return new Set(entries.map((it) => it.key)).size < entries.length;
  for (let i = 1; i < entries.length; i++) {
    const { key } = entries[i]!;
    for (let k = 0; k < i; k++) if (entries[k]!.key === key) return true;
  }
  return false;
}

/** What a quoted scalar says, quotes and all; undefined where an escape is none. */
export function quotedText(source: string): string | undefined {
  const text = folded(source.slice(1, -1));
  return source.startsWith("'") ? text.replaceAll("''", "'") : unescaped(text);
}

/** Lines of a quoted scalar as one: a line end is a space, and each blank line a line end. */
function folded(source: string): string {
  return source.replace(/ *\r?\n(?: *\r?\n)* */g, (gap) => {
    const lines = gap.split('\n').length - 1;
    return lines === 1 ? ' ' : '\n'.repeat(lines - 1);
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
};

/** A double-quoted text without its escapes; undefined where one is none. */
function unescaped(source: string): string | undefined {
  let isSound = true;
  const text = source.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gs, (_, two?: string, four?: string, char?: string) => {
    if (char === undefined) return String.fromCharCode(parseInt((two ?? four)!, 16));
    const meant = ESCAPES[char];
    if (meant === undefined) isSound = false;
    return meant ?? '';
  });
  return isSound ? text : undefined;
}
