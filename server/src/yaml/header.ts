import { markerAt } from './split.js';

/** What a document says it is, read without a parser. */
export interface Header {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** What systems outside of Kubernetes have in place of both. */
  readonly type: string | undefined;
  /** True where a template, a substitution or an alias makes up one of the two, which is then undefined. */
  readonly opaque: boolean;
}

/** Reads apiVersion and kind of a document from its outermost keys, in block style or as JSON; cheap enough for any file. */
export function readHeader(text: string): Header {
  const found: Found = { apiVersion: undefined, kind: undefined, type: undefined, opaque: false };
  const start = firstContent(text);
  if (start < text.length) {
    if (text.charCodeAt(start) === 123) readFlow(text, start + 1, found);
    else readBlock(text, start, found);
  }
  return found;
}

type HeaderField = 'apiVersion' | 'kind' | 'type';

type Found = { -readonly [K in keyof Header]: Header[K] };

/** Offset of the first character that is no blank, comment, directive, `---` or line of template actions. */
function firstContent(text: string): number {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let atLineStart = true;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      atLineStart = true;
      at++;
    } else if (code === 32 || code === 9 || code === 13) at++;
    else if (code === 35 || (atLineStart && code === 37)) at = endOfLine(text, at);
    else if (isLineStart(text, at) && markerAt(text, at) === '---') {
      at += 3;
      atLineStart = false;
    } else if (code === 123 && text.charCodeAt(at + 1) === 123) {
      const close = text.indexOf('}}', at);
      at = close < 0 ? endOfLine(text, at) : close + 2;
    } else return at;
  }
  return text.length;
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === 10 || (at === 1 && text.charCodeAt(0) === 0xfeff);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function readBlock(text: string, first: number, found: Found): void {
  let line = text.lastIndexOf('\n', first - 1) + 1;
  if (line === 0 && text.charCodeAt(0) === 0xfeff) line = 1;
  // The outermost map may be indented; its keys all start in the first one's column.
  const column = markerAt(text, line) ? 0 : first - line;
  for (;;) {
    const at = line + column;
    if (isIndent(text, line, at)) {
      const quoted = text.charCodeAt(at) === 34 || text.charCodeAt(at) === 39;
      const name = at + (quoted ? 1 : 0);
      if (found.kind === undefined && text.startsWith('kind', name)) readEntry(text, name + 4, quoted, column, found, 'kind');
      else if (found.apiVersion === undefined && text.startsWith('apiVersion', name))
        readEntry(text, name + 10, quoted, column, found, 'apiVersion');
      else if (found.type === undefined && text.startsWith('type', name)) readEntry(text, name + 4, quoted, column, found, 'type');
      if (found.kind !== undefined && found.apiVersion !== undefined) return;
    }
    const end = text.indexOf('\n', line);
    if (end < 0) return;
    line = end + 1;
  }
}

function isIndent(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== 32) return false;
  return true;
}

/** `at` stands behind the key's letters. */
function readEntry(text: string, at: number, quoted: boolean, column: number, found: Found, field: HeaderField): void {
  if (quoted) {
    const quote = text.charCodeAt(at);
    if (quote !== 34 && quote !== 39) return;
    at++;
  }
  while (text.charCodeAt(at) === 32) at++;
  if (text.charCodeAt(at) !== 58) return;
  const after = text.charCodeAt(at + 1);
  if (after === after && after !== 32 && after !== 9 && after !== 10 && after !== 13) return;
  keep(found, field, blockValue(text, at + 1, column));
}

const opaqueValue = Symbol('opaque');

function keep(found: Found, field: HeaderField, value: string | typeof opaqueValue | undefined): void {
  if (value === undefined || value === '') return;
  if (value !== opaqueValue && !/\{\{|\$\{|\$\(/.test(value)) found[field] = value;
  else if (field !== 'type') found.opaque = true;
}

function blockValue(text: string, from: number, column: number): string | typeof opaqueValue | undefined {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 13) at++;
    else if (code === 35) at = endOfLine(text, at);
    else if (code === 10) {
      // The value may stand on a line of its own, deeper than the key.
      let content = at + 1;
      while (text.charCodeAt(content) === 32) content++;
      const next = text.charCodeAt(content);
      if (next !== 10 && next !== 13 && next !== 35 && content - at - 1 <= column) return undefined;
      at = content;
    } else if (code === 38 || code === 33) {
      // An anchor or a tag stands before the value.
      while (at < text.length && text.charCodeAt(at) > 32) at++;
    } else break;
  }
  if (at >= text.length) return undefined;
  const code = text.charCodeAt(at);
  if (code === 42 || code === 124 || code === 62) return opaqueValue;
  if (code === 34 || code === 39) return quotedValue(text, at);
  let end = endOfLine(text, at);
  for (let i = at; i < end; i++) {
    if (text.charCodeAt(i) === 35 && (text.charCodeAt(i - 1) === 32 || text.charCodeAt(i - 1) === 9)) end = i;
  }
  return text.slice(at, end).trimEnd();
}

/** Longer values than this are no names of kinds. */
const longestValue = 512;

function quotedValue(text: string, at: number): string | undefined {
  const end = closingQuote(text, at, at + longestValue);
  if (end < 0) return undefined;
  const inner = text.slice(at + 1, end);
  if (text.charCodeAt(at) === 39) return inner.replaceAll("''", "'");
  return inner.replace(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_, hex: string | undefined, char: string) =>
    hex === undefined ? char : String.fromCharCode(parseInt(hex, 16)),
  );
}

/** Offset of the quote that closes the one at `at`, or -1 where there is none before `limit`. */
function closingQuote(text: string, at: number, limit: number): number {
  const quote = text.charCodeAt(at);
  const last = Math.min(limit, text.length);
  for (let i = at + 1; i < last; i++) {
    const code = text.charCodeAt(i);
    if (code === 92 && quote === 34) i++;
    else if (code === quote) {
      if (quote === 39 && text.charCodeAt(i + 1) === 39) i++;
      else return i;
    }
  }
  return -1;
}

/** Reads the keys of a flow map whose `{` stands before `from`. */
function readFlow(text: string, from: number, found: Found): void {
  let depth = 1;
  let field: HeaderField | undefined;
  let atKey = true;
  for (let at = from; at < text.length && depth > 0; at++) {
    const code = text.charCodeAt(at);
    if (code === 123 || code === 91) {
      depth++;
      atKey = false;
    } else if (code === 125 || code === 93) depth--;
    else if (code === 44) {
      if (depth === 1) {
        atKey = true;
        field = undefined;
      }
    } else if (code === 35) {
      const before = text.charCodeAt(at - 1);
      if (before === 32 || before === 10 || before === 9) at = endOfLine(text, at);
    } else if (code === 32 || code === 10 || code === 13 || code === 9 || code === 58) continue;
    else {
      const quoted = code === 34 || code === 39;
      let end = quoted ? closingQuote(text, at, text.length) : plainEnd(text, at);
      if (end < 0) return;
      if (depth === 1 && atKey) {
        atKey = false;
        const length = end - at - (quoted ? 1 : 0);
        const name = quoted ? at + 1 : at;
        field =
          length === 4 && text.startsWith('kind', name)
            ? 'kind'
            : length === 10 && text.startsWith('apiVersion', name)
              ? 'apiVersion'
              : length === 4 && text.startsWith('type', name)
                ? 'type'
                : undefined;
      } else if (depth === 1 && field !== undefined) {
        keep(found, field, quoted ? quotedValue(text, at) : text.slice(at, Math.min(end, at + longestValue)).trimEnd());
        field = undefined;
        if (found.kind !== undefined && found.apiVersion !== undefined) return;
      }
      if (!quoted) end--;
      at = end;
    }
  }
}

function plainEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === 44 || code === 125 || code === 93 || code === 10) break;
    if (code === 58) {
      const next = text.charCodeAt(end + 1);
      if (next === 32 || next === 10 || next === 13 || next === 44) break;
    }
    // A template action in a value goes to its end.
    if (code === 123 || code === 91) {
      const close = text.startsWith('{{', end) ? text.indexOf('}}', end) : -1;
      if (close < 0) break;
      end = close + 2;
    } else end++;
  }
  return end === at ? at + 1 : end;
}
