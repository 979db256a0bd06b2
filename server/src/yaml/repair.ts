import type { CST } from 'yaml';
import { rangeOf } from '../text/range.js';
import { compose, type Composed } from './compose.js';
import type { SyntaxProblem } from './document.js';
import type { MaskedText } from './mask.js';
import { describe, isMissingComma, isTabbed, lineEnd, lineStart, syntaxProblem, type ParserError } from './problems.js';

/** How many places are mended before a document is left as it is. */
const ROUNDS = 4;

/** Above this size a broken document is read once only, since it is read anew with each key pressed. */
const SIZE_LIMIT = 262_144;

const MOST_PROBLEMS = 3;

/** Errors looked at; in a text that has more the later ones tell nothing. */
const MOST_ERRORS = 20;

export interface Repaired {
  readonly composed: Composed;
  /** The text that was read in the end, with what was covered to read it. */
  readonly masked: MaskedText;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads a document that may be broken. What keeps the rest from being read is covered: a quote that is never closed, a tab, a
 * value that is none, at last whole lines; the problem told is the one at that place, without those that follow from it.
 */
export function composeBroken(text: string, masked: MaskedText): Repaired {
  const templated = masked.actions.length > 0;
  let composed = compose(text, masked, templated);
  const problems: SyntaxProblem[] = [];
  const rounds = text.length > SIZE_LIMIT ? 0 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    const repair = repairOf(text, masked.text, composed);
    if (repair === undefined) break;
    const mended = repair.apply(masked);
    const again = compose(text, mended, templated);
    if (!repair.certain && severe(again).length >= severe(composed).length) break;
    const { problem } = repair;
    if (problem !== undefined && !problems.some((it) => it.code === 'tab-indent' && problem.code === 'tab-indent')) problems.push(problem);
    masked = mended;
    composed = again;
  }
  // A quote that is never closed explains all that is odd below it.
  const rest = problems.some((it) => it.code === 'unclosed-quote') ? [] : composed.errors.slice(0, MOST_ERRORS);
  for (const error of rest) {
    if (problems.length >= MOST_PROBLEMS) break;
    const problem = unclosedBracket(text, composed, error) ?? describe(text, error);
    // The first error of a line says it all, and one that breaks the structure makes those below it worthless.
    const line = lineStart(text, problem.range.start);
    if (isHarmless(error)) continue;
    if (!problems.some((it) => lineStart(text, it.range.start) === line)) problems.push(problem);
    if (isSevere(error)) break;
  }
  return { composed, masked, problems: problems.slice(0, MOST_PROBLEMS) };
}

interface Repair {
  /** Undefined where Kubernetes reads what the package does not. */
  readonly problem?: SyntaxProblem;
  /** Whether the cause is beyond doubt, so that it need not show at once. */
  readonly certain: boolean;
  readonly apply: (masked: MaskedText) => MaskedText;
}

/** Errors after which the parser loses its way in what follows; the others leave the tree around them as it is meant. */
function isSevere({ code, message }: ParserError): boolean {
  switch (code) {
    case 'UNEXPECTED_TOKEN':
      return /at node end|in YAML stream|on same line/.test(message);
    case 'MULTILINE_IMPLICIT_KEY':
      return message.startsWith('Implicit keys');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'TAB_AS_INDENT':
      return true;
    case 'MISSING_CHAR':
      return /^(?:Missing closing|Block collection)/.test(message);
    default:
      return false;
  }
}

/** Go's parser takes a `#` right behind a value for a comment. */
function isHarmless(error: ParserError): boolean {
  return error.message.startsWith('Comments must be separated');
}

function severe(composed: Composed): readonly ParserError[] {
  return composed.errors.filter(isSevere);
}

function repairOf(source: string, text: string, composed: Composed): Repair | undefined {
  const { errors, tokens } = composed;
  for (const [i, error] of errors.slice(0, MOST_ERRORS).entries()) {
    if (error.message.startsWith('Missing closing')) {
      const quoted = find(tokens, (it) => isQuoted(it) && it.offset + it.source.length === error.start);
      if (quoted) return joinQuoted(text, quoted.offset) ?? coverQuote(text, quoted.offset);
    }
    if (isFlowIndent(error)) {
      const joined = joinBrackets(text, openBracket(composed, error));
      if (joined) return joined;
    }
    if (isMissingComma(text, error)) {
      const at = lineEnd(text, error.start);
      return {
        problem: describe(source, error),
        certain: false,
        apply: (masked) => ({ ...masked, text: `${text.slice(0, at)},${text.slice(at + 1)}` }),
      };
    }
    if (isTabbed(source, error)) return { problem: describe(source, error), certain: true, apply: withoutTabs };
    if (error.code === 'UNEXPECTED_TOKEN' && error.message.includes('at node end')) {
      const quoted = find(
        tokens,
        (it) => isQuoted(it) && it.offset < error.start && text.slice(it.offset + it.source.length, error.start).trim() === '',
      );
      // A quote that closes on a later line, with text behind it, is the opening one of another value.
      if (quoted && text.slice(quoted.offset, error.start).includes('\n')) return coverQuote(text, quoted.offset);
      if (quoted) return coverValue(text, quoted.offset, describe(source, error));
    }
    if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && error.message.startsWith('Nested')) {
      const next = errors[i + 1];
      if (next?.code !== 'MULTILINE_IMPLICIT_KEY') return coverValue(text, error.start, describe(source, error));
      const line = lineStart(text, next.end);
      const key = line + /^[ ]*/.exec(text.slice(line))![0].length;
      const range = rangeOf(key, Math.max(next.end, key + 1));
      return coverLine(
        text,
        key,
        syntaxProblem('syntax', 'This line is indented deeper than the key above, which already has a value.', range),
      );
    }
    if (!isSevere(error) || (error.code === 'MULTILINE_IMPLICIT_KEY' && text.charAt(error.start) !== '-')) continue;
    if (/^[\]}-]/.test(text.slice(error.start, error.start + 1)) && text.slice(lineStart(text, error.start), error.start).trim() !== '') {
      return coverValue(text, error.start, describe(source, error));
    }
    return coverLine(text, error.start, describe(source, error));
  }
  return undefined;
}

function coverQuote(text: string, at: number): Repair {
  return { ...coverValue(text, at, syntaxProblem('unclosed-quote', 'This quote is never closed.', rangeOf(at, at + 1))), certain: true };
}

/** Takes the rest of a line for a value whose text is not known. */
function coverValue(text: string, at: number, problem: SyntaxProblem): Repair {
  const end = Math.max(at + 1, lineEnd(text, at));
  return {
    problem,
    certain: false,
    apply: (masked) => ({
      text: text.slice(0, at) + 'x'.repeat(end - at) + text.slice(end),
      opaque: [...masked.opaque, rangeOf(at, end)].sort((a, b) => a.start - b.start),
      actions: masked.actions,
    }),
  };
}

/** Takes a line out; what it may have added to the map or list it stands in is not known. */
function coverLine(text: string, at: number, problem: SyntaxProblem): Repair {
  const start = lineStart(text, Math.min(at, text.length));
  const end = lineEnd(text, start);
  const column = /^[ ]*/.exec(text.slice(start, end))![0].length;
  return {
    problem,
    certain: false,
    apply: (masked) => ({
      text: text.slice(0, start) + ' '.repeat(end - start) + text.slice(end),
      opaque: masked.opaque,
      actions: [...masked.actions, { start: start + column, end, alone: true, control: false, column }],
    }),
  };
}

/** Go's parser, and so Kubernetes, lets a quoted text go on in lines that are indented as little as its key. */
function joinQuoted(text: string, at: number): Repair | undefined {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=[ \t]*(?:[\r\n,}\]]|#|$))/s.exec(text.slice(at));
  if (!quoted || /\n[ \t]*(?:- |-?[ \t]*["']?[\w./-]+["']?:(?:\s|$))/.test(quoted[0])) return undefined;
  return joinLines(text, at, quoted[0]);
}

/** It takes no notice of indentation within brackets either. */
function joinBrackets(text: string, open: number | undefined): Repair | undefined {
  if (open === undefined) return undefined;
  const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[[\]{}]|(?<=\s)#[^\r\n]*/gs;
  tokens.lastIndex = open;
  let joined = '';
  let done = open;
  let depth = 0;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === '[' || token[0] === '{') depth++;
    else if (token[0] === ']' || token[0] === '}') depth--;
    else if (token[0].startsWith('#')) {
      joined += text.slice(done, token.index) + ' '.repeat(token[0].length);
      done = tokens.lastIndex;
    }
    if (depth === 0) return joinLines(text, open, joined + text.slice(done, tokens.lastIndex));
  }
  return undefined;
}

/** Reads lines as one; `source` stands at `start`. */
function joinLines(text: string, start: number, source: string): Repair | undefined {
  const joined = source.replace(/[\r\n]/g, ' ');
  if (joined === source) return undefined;
  return { certain: true, apply: (masked) => ({ ...masked, text: text.slice(0, start) + joined + text.slice(start + source.length) }) };
}

function withoutTabs(masked: MaskedText): MaskedText {
  return { ...masked, text: masked.text.replace(/^[ \t]*(?:-[ \t]+)*/gm, (indent) => indent.replaceAll('\t', ' ')) };
}

/** Brackets that are never closed are shown where they open. */
function unclosedBracket(text: string, composed: Composed, error: ParserError): SyntaxProblem | undefined {
  const open = isFlowIndent(error) ? openBracket(composed, error) : undefined;
  if (open === undefined) return undefined;
  return syntaxProblem('syntax', `This "${text.charAt(open)}" is never closed.`, rangeOf(open, open + 1));
}

function isFlowIndent(error: ParserError): boolean {
  return /^Flow .*must .*end with a/.test(error.message);
}

/** The first bracket above an error that the parser did not see closed. */
function openBracket(composed: Composed, error: ParserError): number | undefined {
  return find(
    composed.tokens,
    (it) => it.type === 'flow-collection' && it.offset < error.start && !it.end.some((end) => end.type.startsWith('flow-')),
  )?.offset;
}

function isQuoted(token: CST.Token): token is CST.FlowScalar {
  return token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar';
}

/** The first token, in the order of the text, for which something holds. */
function find<T extends CST.Token>(tokens: readonly CST.Token[], holds: (token: CST.Token) => token is T): T | undefined;
function find(tokens: readonly CST.Token[], holds: (token: CST.Token) => boolean): CST.Token | undefined;
function find(tokens: readonly CST.Token[], holds: (token: CST.Token) => boolean): CST.Token | undefined {
  const open = [...tokens].reverse();
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    if (holds(token)) return token;
    if (token.type === 'document') {
      if (token.value) open.push(token.value);
    } else if ('items' in token) {
      for (let i = token.items.length - 1; i >= 0; i--) {
        const { key, value } = token.items[i]!;
        if (value) open.push(value);
        if (key) open.push(key);
      }
    }
  }
  return undefined;
}
