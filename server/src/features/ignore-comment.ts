import type { Proposal } from './completion.js';
import { allRules } from './settings-file.js';
import type { Snapshot } from './snapshot.js';

/** Rules that a comment may silence, those that report something below it first; undefined where the cursor is in no such comment. */
export function ignoreProposals(snapshot: Snapshot, uri: string, offset: number): readonly Proposal[] | undefined {
  const file = snapshot.file(uri);
  if (!file) return undefined;
  const line = file.lines.positionAt(offset).line;
  const start = file.lines.offsetAt({ line, character: 0 });
  const match = /#+\s*meshwright-ignore(?:-document|-file)?\s+(?:[^:#]*[\s,])?([\w/-]*)$/.exec(file.text.slice(start, offset));
  if (!match) return undefined;
  const from = offset - match[1]!.length;
  const word = /^[\w/-]*/.exec(file.text.slice(from))![0];
  const lineOf = (at: number): number => file.lines.positionAt(at).line;
  const near = new Set(
    snapshot.reported(uri).flatMap((it) => (lineOf(it.range.start) === line + 1 || lineOf(it.range.start) === line ? [it.rule] : [])),
  );
  return allRules(snapshot.modules).map((rule, i) => ({
    label: rule.id,
    detail: near.has(rule.id) ? 'reported here' : rule.severity,
    filter: undefined,
    sortText: `!${near.has(rule.id) ? 0 : 1}${String(i).padStart(4, '0')}`,
    sort: 'enum',
    deprecated: false,
    preselect: near.has(rule.id),
    text: rule.id,
    isSnippet: false,
    insert: { start: from, end: offset },
    replace: { start: from, end: from + word.length },
    goesOn: false,
    docs: { apiVersion: '', kind: '', path: [], text: `${rule.title}. ${rule.why}` },
    also: [],
  }));
}
