import type { Range } from '../text/range.js';

/** A text with its template actions (`{{ … }}`) covered by filler of the same length, so that it reads as YAML. */
export interface MaskedText {
  readonly text: string;
  /** Where actions stood, in order. */
  readonly opaque: readonly Range[];
  readonly actions: readonly Action[];
}

export interface Action extends Range {
  /** Whether it shares its line with nothing but blanks and other actions. */
  readonly alone: boolean;
  /** Whether it only steers (`if`, `end`, `range`, a comment, an assignment) and prints nothing itself. */
  readonly control: boolean;
  /** Column in which what it prints begins, by its `indent` or `nindent`, else its own. */
  readonly column: number;
}

/** Covers every action: one alone on its line becomes blanks, one beside other text becomes letters. */
export function maskTemplates(text: string): MaskedText {
  const spans = actionSpans(text);
  if (spans.length === 0) return { text, opaque: [], actions: [] };
  const actions: Action[] = [];
  let masked = '';
  let done = 0;
  for (let i = 0; i < spans.length;) {
    // Actions that share lines stand or fall together.
    let to = i;
    while (to + 1 < spans.length && !text.slice(spans[to]!.end, spans[to + 1]!.start).includes('\n')) to++;
    const lineStart = text.lastIndexOf('\n', spans[i]!.start - 1) + 1;
    const newline = text.indexOf('\n', spans[to]!.end);
    const between = [text.slice(lineStart, spans[i]!.start), text.slice(spans[to]!.end, newline < 0 ? text.length : newline)];
    for (let k = i; k < to; k++) between.push(text.slice(spans[k]!.end, spans[k + 1]!.start));
    const alone = between.every((part) => /^[\s\ufeff]*$/.test(part));
    let line = lineStart;
    for (; i <= to; i++) {
      const { start, end } = spans[i]!;
      const source = text.slice(start, end);
      actions.push({ start, end, alone, control: isControl(source), column: columnOf(source, start - line) });
      if (source.includes('\n')) line = start + source.lastIndexOf('\n') + 1;
      masked += text.slice(done, start) + (alone ? blanks(source) : filler(source));
      done = end;
    }
  }
  return { text: masked + text.slice(done), opaque: spans, actions };
}

function actionSpans(text: string): Range[] {
  const spans: Range[] = [];
  for (let start = text.indexOf('{{'); start >= 0;) {
    const end = actionEnd(text, start);
    spans.push({ start, end });
    start = text.indexOf('{{', end);
  }
  return spans;
}

/** End of the action that starts at `{{`; one that is never closed goes to the end of its line. */
function actionEnd(text: string, start: number): number {
  if (/^\{\{-?\s*\/\*/.test(text.slice(start, start + 8))) {
    const comment = text.indexOf('*/', start);
    const close = comment < 0 ? -1 : text.indexOf('}}', comment);
    if (close >= 0) return close + 2;
  }
  const plain = text.indexOf('}}', start + 2);
  const newline = text.indexOf('\n', start);
  const lineEnd = newline < 0 ? text.length : text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  if (plain < 0) return lineEnd;
  // A `}}` within a quoted text does not close the action.
  for (let i = start + 2; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 125 && text.charCodeAt(i + 1) === 125) return i + 2;
    if (code !== 34 && code !== 96) continue;
    const close = closingQuote(text, i);
    if (close < 0) break;
    i = close;
  }
  return plain + 2;
}

function closingQuote(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i;
    if (quote === 34 && code === 92) i++;
    else if (quote === 34 && code === 10) return -1;
  }
  return -1;
}

function blanks(source: string): string {
  return source.replace(/[^\r\n]/g, ' ');
}

/** Letters on the first line, blanks below: those lines may stand left of where their value has to be. */
function filler(source: string): string {
  const newline = source.search(/[\r\n]/);
  if (newline < 0) return 'x'.repeat(source.length);
  return 'x'.repeat(newline) + blanks(source.slice(newline));
}

function isControl(source: string): boolean {
  return (
    /^\{\{-?\s*(?:(?:if|else|end|range|with|define|block|break|continue)\b|\/\*|\$\w*\s*:?=|\$\w+\s*,)/.test(source) ||
    /^\{\{-?\s*-?\}\}$/.test(source)
  );
}

function columnOf(source: string, ownColumn: number): number {
  const indent = /\b(n?)indent\s+(\d+)/.exec(source);
  if (!indent) return ownColumn;
  return indent[1] === 'n' ? Number(indent[2]) : ownColumn + Number(indent[2]);
}
