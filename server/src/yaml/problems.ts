import { rangeOf, type Range } from '../text/range.js';
import type { SyntaxProblem } from './document.js';

/** Where an error of the `yaml` package is, with its code and words, which are not for people. */
export interface ParserError extends Range {
  readonly code: string;
  readonly message: string;
}

/** An error of the parser in our words. They never quote the text: it may be a secret. */
export function describe(text: string, error: ParserError): SyntaxProblem {
  const code = isTabbed(text, error) ? 'tab-indent' : error.message.startsWith('Missing closing') ? 'unclosed-quote' : 'syntax';
  return syntaxProblem(code, wordsOf(text, error), placeOf(text, error));
}

/** Whether an error comes from a tab where a line is indented. */
export function isTabbed(text: string, error: ParserError): boolean {
  if (error.code === 'TAB_AS_INDENT') return true;
  return error.code === 'BAD_INDENT' && /^ *\t/.test(text.slice(lineStart(text, error.start), lineEnd(text, error.start)));
}

/** Whether the parser takes a value and the key on the next line for one key, as within brackets without a comma. */
export function isMissingComma(text: string, error: ParserError): boolean {
  return error.code === 'MULTILINE_IMPLICIT_KEY' && /[:,[{][ \t]*$/.test(text.slice(lineStart(text, error.start), error.start));
}

export function syntaxProblem(
  code: SyntaxProblem['code'],
  message: string,
  range: Range,
  related: SyntaxProblem['related'] = [],
): SyntaxProblem {
  return { code, severity: 'error', message, range, related };
}

/** The problem of a document that holds the markers of a merge conflict; undefined where there are none. */
export function conflictProblem(text: string): SyntaxProblem | undefined {
  const first = /^(?:<{7}|>{7}|\|{7})(?=[ \r\n]|$)|^={7}(?=\r?$)/m.exec(text);
  if (!first) return undefined;
  const start = first.index;
  const range = rangeOf(start, lineEnd(text, start));
  const silent = 'This document is not checked until it is resolved.';
  if (first[0].startsWith('<')) {
    const end = /^>{7}(?=[ \r\n]|$)/m.exec(text.slice(start));
    const other = /^={7}(?=\r?$)/m.exec(text.slice(start));
    // Lines are counted from here: where the document stands in its file is not known, and changes.
    const lines = end ? text.slice(start, start + end.index).split('\n').length - 1 : 0;
    const where = end ? `starts here and ends ${lines === 1 ? 'on the next line' : `${lines} lines below`}` : 'starts here';
    const otherStart = start + (other?.index ?? 0);
    const related = other ? [{ range: rangeOf(otherStart, lineEnd(text, otherStart)), message: 'the other side starts here' }] : [];
    return syntaxProblem('conflict-marker', `A merge conflict ${where}. ${silent}`, range, related);
  }
  const where = first[0].startsWith('>') ? 'ends here' : 'goes on here';
  return syntaxProblem('conflict-marker', `A merge conflict ${where}. ${silent}`, range);
}

/** The first character that YAML does not allow anywhere. */
export function controlProblem(text: string): SyntaxProblem | undefined {
  const at = text.search(CONTROL);
  if (at < 0) return undefined;
  const name = `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
  return syntaxProblem(
    'syntax',
    `The control character ${name} stands here; YAML allows none but tabs and line ends.`,
    rangeOf(at, at + 1),
  );
}

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Start of the line that an offset is in. */
export function lineStart(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** End of the line that an offset is in, without its line break. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

function wordsOf(text: string, error: ParserError): string {
  if (isTabbed(text, error)) return 'A tab indents this line; YAML takes spaces only.';
  const says = (words: string) => error.message.includes(words);
  const first = text.charAt(error.start);
  switch (error.code) {
    case 'BAD_ALIAS':
      return 'A value that starts with "*" or "&" needs quotes.';
    case 'BAD_DQ_ESCAPE':
      return 'This is no escape sequence; within double quotes a backslash is written twice.';
    case 'BAD_SCALAR_START':
      return `A value that starts with "${first}" needs quotes.`;
    case 'BAD_INDENT':
      if (says('mapping items')) return 'This line is indented unlike the keys beside it.';
      if (says('sequence items')) return 'This line is indented unlike the items beside it.';
      if (says('Flow')) return 'This line is indented too little to stand within the brackets.';
      if (says('lock scalar')) return 'A blank line above is indented deeper than this text.';
      return 'This line is indented unlike its neighbors.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return says('sequence') ? 'A list item stands where a key belongs.' : 'A value that holds a colon and a space needs quotes.';
    case 'BLOCK_IN_FLOW':
      return 'Within brackets, everything is written with brackets and commas.';
    case 'KEY_OVER_1024_CHARS':
      return 'This key is longer than 1024 characters.';
    case 'MULTILINE_IMPLICIT_KEY':
      if (isMissingComma(text, error)) return 'A comma is missing behind this.';
      return first === '-' && error.end - error.start < 2 ? 'A list item stands where a key belongs.' : unfinishedWords(text, error);
    case 'MULTIPLE_ANCHORS':
      return 'A value has one anchor at most.';
    case 'MULTIPLE_TAGS':
      return 'A value has one tag at most.';
    case 'ALIAS_PROPS':
      return 'An alias has no anchor or tag of its own.';
    case 'BAD_PROP_ORDER':
      return 'An anchor or tag stands behind the dash or colon.';
    case 'MISSING_CHAR':
      return missingWords(text, error, says);
    case 'UNEXPECTED_TOKEN':
      if (says('Block scalar header')) return 'Nothing can follow "|" or ">" on its line.';
      if (says('block-seq-ind on same line')) return 'A list starts on a line of its own, below its key.';
      if (says('empty item') || says('Unexpected ,')) return 'Nothing stands before this comma.';
      if (first === ']' || first === '}') return `No "${first === ']' ? '[' : '{'}" stands before this "${first}".`;
      if (says('at node end')) return endWords(text, error.start);
      return 'This does not continue what stands before it.';
    default:
      return 'This cannot be read as YAML.';
  }
}

function missingWords(text: string, error: ParserError, says: (words: string) => boolean): string {
  if (says('Missing closing')) return 'This quote is never closed.';
  if (says('Implicit map keys')) return unfinishedWords(text, error);
  if (says('Comments must')) return 'A space is missing before this comment.';
  if (says('Sequence item without')) return 'A dash is missing before this item.';
  if (says('Missing space after')) return 'A space is missing behind the colon.';
  if (says('Missing ,')) return 'A comma is missing before this.';
  if (says('must end with a')) return 'These brackets are never closed.';
  if (says('directives-end'))
    return says('Block collection') ? 'A map or list cannot start on the "---" line.' : 'A "---" line is missing below the directives.';
  if (says('Tags and anchors')) return 'A space is missing behind this anchor or tag.';
  return 'Something is missing here.';
}

function unfinishedWords(text: string, error: ParserError): string {
  const source = text.slice(error.start, lineEnd(text, error.start));
  if (/^[\w./-]+:\S/.test(source)) return 'A space is missing behind the colon.';
  if (/^-[^\s-]/.test(source)) return 'A space is missing behind the dash.';
  return 'This key has no colon behind it.';
}

function endWords(text: string, at: number): string {
  const before = text.slice(lineStart(text, at), at).trimEnd();
  if (/["']$/.test(before)) return 'Text follows the closing quote.';
  if (/[\]}]$/.test(before)) return 'Text follows the closing bracket.';
  if (before === '') return 'This does not continue the list or value above.';
  return 'This does not continue what stands before it.';
}

/** The smallest useful place on one line: never empty unless the document is. */
function placeOf(text: string, error: ParserError): Range {
  const begin = lineStart(text, error.start);
  const end = lineEnd(text, error.start);
  if (isTabbed(text, error)) return rangeOf(begin, begin + /^[ \t]*/.exec(text.slice(begin, end))![0].length);
  let start = error.start;
  while (start < end && isBlank(text, start)) start++;
  if (start >= end) {
    // Behind the line's text: the last word of it, or of a line above.
    let last = Math.min(start, text.length);
    while (last > 0 && /\s/.test(text.charAt(last - 1))) last--;
    return rangeOf(Math.max(0, last - 1), last);
  }
  if (error.code === 'BAD_INDENT') return rangeOf(start, start + /^(?:[^\s:]|:\S)*/.exec(text.slice(start, end))![0].length);
  return rangeOf(start, Math.min(end, Math.max(error.end, start + 1)));
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9;
}
