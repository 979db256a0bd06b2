import type { Range } from '../text/range.js';
import type { Diagnostic } from './diagnostic.js';
import type { RuleMeta } from './rule.js';

/**
 * A comment that silences findings: `# meshwright-ignore istio/unknown-host: reason`, for the next line or, behind a value, for its own;
 * `meshwright-ignore-document` and `meshwright-ignore-file` widen it. It names rules, categories or codes of other tools.
 */
export interface Suppression {
  readonly names: readonly string[];
  /** What it covers, in offsets of the file. */
  readonly covers: Range;
  readonly comment: Range;
  readonly where: 'the next line' | 'this line' | 'this document' | 'this file';
}

/** With what such a comment begins. */
export const IGNORE_COMMENT = 'meshwright-ignore';

/** All of them in a file; `documentAt` gives the document around an offset. Costs nothing in a file without any. */
export function suppressionsIn(text: string, documentAt: (offset: number) => Range): readonly Suppression[] {
  const found: Suppression[] = [];
  for (let at = text.indexOf(IGNORE_COMMENT); at >= 0; at = text.indexOf(IGNORE_COMMENT, at + IGNORE_COMMENT.length)) {
    const line = text.lastIndexOf('\n', at) + 1;
    const end = lineEnd(text, at);
    const hash = text.lastIndexOf('#', at);
    // A colon ends the names, but for that within a qualified code: IST0101:host.
    const written = /^#+\s*meshwright-ignore(-document|-file)?\s+((?:[^:]|(?<=IST\d{4}):(?=[a-z]))+)/.exec(text.slice(hash, end));
    if (hash < line || !written || (hash > line && !/\s/.test(text[hash - 1]!))) continue;
    const names = written[2]!.split(/[\s,]+/).filter((it) => it !== '');
    const comment = { start: hash, end: hash + text.slice(hash, end).trimEnd().length };
    const isAlone = text.slice(line, hash).trim() === '';
    if (written[1] === '-file') found.push({ names, comment, covers: { start: 0, end: text.length }, where: 'this file' });
    else if (written[1] === '-document') found.push({ names, comment, covers: documentAt(hash), where: 'this document' });
    else if (isAlone) found.push({ names, comment, covers: nextLine(text, end), where: 'the next line' });
    else found.push({ names, comment, covers: { start: line, end }, where: 'this line' });
  }
  return found;
}

export function isSuppressedBy(suppression: Suppression, diagnostic: Diagnostic): boolean {
  const { start } = diagnostic.range;
  return (
    suppression.covers.start <= start && start <= suppression.covers.end && suppression.names.some((name) => isNamed(name, diagnostic))
  );
}

/** Annotations with which a resource silences findings of its own: ours, that of istioctl analyze, that of Kiali. */
export const IGNORE_ANNOTATION = 'meshwright.dev/ignore';
const ANALYZE_ANNOTATION = 'galley.istio.io/analyze-suppress';
const KIALI_ANNOTATION = 'kiali.io/ignore-validations';

/**
 * Whether an annotation of its resource silences a finding. Each lists rules, categories or codes, separated by commas; `*` means all. An
 * empty `kiali.io/ignore-validations` means all that Kiali knows.
 */
export function isAnnotatedAway(annotations: ReadonlyMap<string, string>, diagnostic: Diagnostic): boolean {
  if (annotations.size === 0) return false;
  for (const key of [IGNORE_ANNOTATION, ANALYZE_ANNOTATION]) {
    const names = namesIn(annotations.get(key));
    if (names.some((name) => name === '*' || isNamed(name, diagnostic))) return true;
  }
  const kiali = annotations.get(KIALI_ANNOTATION);
  if (kiali === undefined) return false;
  const names = namesIn(kiali);
  return names.length === 0 ? diagnostic.peers.some((it) => it.startsWith('KIA')) : names.some((name) => isNamed(name, diagnostic));
}

/** Names that an annotation lists. */
export function namesIn(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

/** Whether a rule, a category or the code of another tool names a finding. */
export function isNamed(name: string, { rule, category, peers }: Diagnostic): boolean {
  return name === rule || name === category || peers.some((peer) => peer === name || peer.split(':')[0] === name);
}

/** Meta of what we say of such comments themselves. */
export const UNUSED_IGNORE: RuleMeta = {
  id: 'meshwright/unused-ignore',
  title: 'A comment or an annotation that silences nothing',
  severity: 'hint',
  category: 'style',
  why: 'What it was written for is repaired. Left in place, it would hide the next mistake in that place.',
  remedy: 'Remove it.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata:
  # meshwright-ignore istio/unknown-host: not deployed yet
  name: cart
  namespace: shop
spec: { ports: [{ name: http, port: 80 }] }
`.trimStart(),
    good: `
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec: { ports: [{ name: http, port: 80 }] }
`.trimStart(),
  },
};

/** The next line that holds more than blanks and comments. */
function nextLine(text: string, from: number): Range {
  let start = from;
  for (;;) {
    const next = text.indexOf('\n', start) + 1;
    if (next === 0) return { start: text.length, end: text.length };
    const end = lineEnd(text, next);
    const content = text.slice(next, end).trim();
    if (content !== '' && !content.startsWith('#')) return { start: next, end };
    start = next;
  }
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}
