import { rangeOf } from '../text/range.js';
import type { ParserError } from './compose.js';
import type { SyntaxProblem } from './document.js';

/** The few errors of the parser worth telling, in our words. */
export function syntaxProblems(text: string, errors: readonly ParserError[]): readonly SyntaxProblem[] {
  const first = errors[0];
  if (first === undefined) return [];
  const newline = text.indexOf('\n', first.start);
  const end = Math.max(first.start, Math.min(first.end, newline < 0 ? text.length : newline));
  return [{ code: 'syntax', severity: 'error', message: 'This cannot be read as YAML.', range: rangeOf(first.start, end), related: [] }];
}
