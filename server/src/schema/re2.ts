import { RE2JS } from 're2js';

/** What RE2 cannot read in a regular expression, and where in its text. */
export interface RegexComplaint {
  /** A clause behind a colon: `it has no look-ahead`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

const judged = new Map<string, RegexComplaint | undefined>();

/** Why RE2, which Envoy and Go use, does not read a regular expression; undefined where it does. */
export function complaintOfRe2(pattern: string): RegexComplaint | undefined {
  if (/^[\w\s/.^$-]*$/.test(pattern)) return undefined; // the commonest need no parser
  if (!judged.has(pattern)) judged.set(pattern, complaintOf(pattern));
  return judged.get(pattern);
}

/** Whether RE2 finds a pattern in text; undefined where it does not read the pattern. */
export function findsWithRe2(pattern: string): ((text: string) => boolean) | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

function complaintOf(pattern: string): RegexComplaint | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    const { error: kind, input } = error as { readonly error?: string; readonly input?: string | null };
    return located(pattern, kind ?? '', input ?? '');
  }
}

/** The same with its place, which RE2 does not tell: the first place where what it read has that meaning. */
function located(pattern: string, kind: string, input: string): RegexComplaint {
  const tokens = tokensOf(pattern);
  const from = (start: number, length: number, what: string): RegexComplaint => ({
    what,
    start,
    end: Math.min(pattern.length, start + length),
  });
  const whole = (what: string): RegexComplaint => from(0, pattern.length, what);
  if (kind === 'missing closing )') return from(openGroup(tokens, pattern), 1, 'this group has no end');
  if (kind === 'unexpected )') return from(strayEnd(tokens, pattern), 1, 'this ends no group');
  if (kind === 'trailing backslash at end of expression') return from(pattern.length - 1, 1, 'there is nothing behind the backslash');
  if (kind === 'duplicate capture group name') return from(pattern.lastIndexOf(`<${input}>`) + 1, input.length, 'this name is taken');
  for (const { start, end } of tokens) {
    const rest = pattern.slice(start);
    if (HAS.test(rest)) continue;
    const construct = kind === 'invalid or unsupported Perl syntax' || kind === 'invalid named capture' ? constructAt(rest) : undefined;
    if (construct !== undefined) return from(start, construct.length, construct.what);
    if (input === '' || !(rest.startsWith(input) || pattern.slice(start, end).includes(input))) continue;
    const at = pattern.indexOf(input, start);
    switch (kind) {
      case 'invalid escape sequence':
        return from(at, input.length, /^\\([1-9]|k|g)/.test(input) ? 'it has no backreferences' : `it has no ${input}`);
      case 'invalid nested repetition operator':
        return from(at, input.length, input.endsWith('+') ? 'it has no possessive quantifiers' : 'a repetition cannot be repeated');
      case 'missing argument to repetition operator':
        return from(at, input.length, 'there is nothing to repeat');
      case 'invalid repeat count':
        return from(at, input.length, isDescending(input) ? 'this counts backwards' : 'it repeats at most 1000 times');
      case 'invalid character class range':
        return from(at, input.length, /^(\[:|\\[pP])/.test(input) ? 'it has no such class' : 'this range runs backwards');
      case 'missing closing ]':
        return from(at, 1, 'this class has no end');
      case 'invalid named capture':
        return from(at, input.length, 'this is no name for a group');
      default:
        return from(at, input.length, kind);
    }
  }
  return whole(kind === '' ? 'it is too complex' : kind);
}

/** Flags that RE2 has, and groups with a name. */
const HAS = /^\(\?([imsU]*(-[imsU]+)?[:)]|P?<\w+>)/;

/** What Perl has behind an opening parenthesis, and RE2 does not. */
const CONSTRUCTS: readonly (readonly [RegExp, string])[] = [
  [/^\(\?[=!]/, 'it has no look-ahead'],
  [/^\(\?<[=!]/, 'it has no look-behind'],
  [/^\(\?>/, 'it has no atomic groups'],
  [/^\(\?#/, 'it has no comments'],
  [/^\(\?\|/, 'it has no branch reset'],
  [/^\(\?P=/, 'it has no backreferences'],
  [/^\(\?(P>|&|R|[+-]?\d)/, 'it has no recursion'],
  [/^\(\?\(/, 'it has no conditions'],
  [/^\(\?[imsU-]*[a-zA-Z]/, 'it has no such flag'],
];

function constructAt(rest: string): { readonly what: string; readonly length: number } | undefined {
  for (const [form, what] of CONSTRUCTS) {
    const found = form.exec(rest);
    if (found) return { what, length: found[0].length };
  }
  return undefined;
}

interface Token {
  readonly start: number;
  readonly end: number;
}

/** Escapes, literal passages and classes as one piece each; everything else letter by letter. */
function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length;) {
    let end = at + 1;
    if (pattern.startsWith('\\Q', at)) {
      const close = pattern.indexOf('\\E', at);
      end = close < 0 ? pattern.length : close + 2;
    } else if (pattern[at] === '\\') {
      end = at + (/^\\[pP]\{[^}]*\}|^\\x\{[^}]*\}?/.exec(pattern.slice(at))?.[0].length ?? 2);
    } else if (pattern[at] === '[') {
      end = classEnd(pattern, at);
    }
    tokens.push({ start: at, end });
    at = end;
  }
  return tokens;
}

function classEnd(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  for (; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern.startsWith('[:', at) && pattern.includes(':]', at)) at = pattern.indexOf(':]', at) + 1;
    else if (pattern[at] === ']') return at + 1;
  }
  return pattern.length;
}

/** The last parenthesis that nothing closes. */
function openGroup(tokens: readonly Token[], pattern: string): number {
  const open: number[] = [];
  for (const { start } of tokens) {
    if (pattern[start] === '(') open.push(start);
    else if (pattern[start] === ')') open.pop();
  }
  return open.at(-1) ?? 0;
}

function strayEnd(tokens: readonly Token[], pattern: string): number {
  let depth = 0;
  for (const { start } of tokens) {
    if (pattern[start] === '(') depth++;
    else if (pattern[start] === ')' && --depth < 0) return start;
  }
  return 0;
}

function isDescending(count: string): boolean {
  const [, least, most] = /^\{(\d+),(\d+)\}$/.exec(count) ?? [];
  return least !== undefined && most !== undefined && Number(least) > Number(most);
}
