import type { Range } from '../../../text/range.js';
import { harmless } from '../io.js';
import type { ReportedFile } from './report.js';
import { holdsSecret } from './secrets.js';

export interface Excerpt {
  /** Each with its number, right-aligned. */
  readonly lines: readonly { readonly gutter: string; readonly text: string }[];
  /** Below the last line; the gutter is blank. */
  readonly marks: { readonly gutter: string; readonly indent: string; readonly carets: string };
}

/** Lines above the marked one. */
const CONTEXT = 2;
/** Columns of a line that are shown; more would wrap in most terminals. */
const WIDTH = 120;

/** The marked line and what stands above it in its document. Undefined where the text is a secret's. */
export function excerptOf(file: ReportedFile, range: Range): Excerpt | undefined {
  const documentStart = file.starts.filter((it) => it <= range.start).at(-1) ?? 0;
  const documentEnd = file.starts.find((it) => it > range.start) ?? file.text.length;
  if (holdsSecret(file.text.slice(documentStart, documentEnd))) return undefined;
  const { line, character } = file.lines.positionAt(range.start);
  const end = file.lines.positionAt(range.end);
  const marked = file.lines.lineText(line);
  const until = end.line === line ? end.character : marked.length;
  const first = Math.max(line - CONTEXT, file.lines.positionAt(documentStart).line);
  // A line too long to show is cut around the mark, and its neighbors likewise, so that columns stay in line.
  const cut = character > WIDTH - 20 ? character - 20 : 0;
  const width = String(line + 1).length;
  const lines: { gutter: string; text: string }[] = [];
  for (let i = first; i <= line; i++) {
    const text = file.lines.lineText(i);
    if (i < line && (/^---\s*$/.test(text) || (lines.length === 0 && text.trim() === ''))) continue;
    lines.push({ gutter: String(i + 1).padStart(width), text: shown(text, cut) });
  }
  const indent = ' '.repeat(columns(marked.slice(cut, character)));
  const carets = '^'.repeat(Math.max(1, Math.min(columns(marked.slice(character, until).trimEnd()), WIDTH - indent.length)));
  return { lines, marks: { gutter: ' '.repeat(width), indent, carets } };
}

function shown(text: string, cut: number): string {
  const part = text.slice(cut, cut + WIDTH).replaceAll('\t', ' ');
  return `${harmless(part)}${text.length > cut + WIDTH ? '...' : ''}`.trimEnd();
}

/** Columns that a text takes in a terminal: East Asian characters and pictures take two. */
function columns(text: string): number {
  let count = 0;
  for (const char of text) {
    if (/\p{M}|\u200d/u.test(char)) continue;
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
      char,
    )
      ? 2
      : 1;
  }
  return count;
}
