import type { Diagnostic } from '../rules/diagnostic.js';
import type { Fix } from '../rules/rule.js';
import { IGNORE_ANNOTATION } from '../rules/suppressions.js';
import { overlaps, shift, touches, type Range } from '../text/range.js';
import type { TextEdit } from '../text/edit.js';
import { baseName } from '../text/uri.js';
import { insertEntry, replaceValue } from '../yaml/edit.js';
import type { Grounds } from './explain-diagnostic.js';
import type { FileEdits } from './rename.js';
import { settingEdit } from './settings-edit.js';
import type { ResourceView, Snapshot } from './snapshot.js';

/** A diagnostic with what repairs it, worked out when asked for. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly view: ResourceView | undefined;
  readonly fixes: () => readonly Fix[];
  /** Why it is shown, where there is more to say than the diagnostic does. */
  readonly grounds?: () => Grounds;
}

export interface Action {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly isPreferred: boolean;
  readonly files: readonly FileEdits[];
}

/** Quick fixes of what is wrong in a range, in the order they are offered. */
export function quickFixes(snapshot: Snapshot, findings: readonly Finding[], range: Range): readonly Action[] {
  return findings
    .filter(
      ({ diagnostic }) =>
        overlaps(diagnostic.range, range) || touches(diagnostic.range, range.start) || touches(diagnostic.range, range.end),
    )
    .flatMap((finding) =>
      finding.fixes().flatMap((fix): Action[] => {
        const files = editsOf(snapshot, finding, fix);
        return files ? [{ title: fix.title, diagnostic: finding.diagnostic, isPreferred: fix.preferred ?? false, files }] : [];
      }),
    );
}

export interface Ignore {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly uri: string;
  readonly at: number;
  /** Comment with its line break, in two parts around the reason that people write. */
  readonly before: string;
  readonly reason: string;
  readonly after: string;
}

/** Where these are found, a comment may not be one. */
const UNREADABLE = ['yaml/syntax', 'yaml/conflict-marker', 'yaml/unclosed-quote', 'yaml/tab-indent'];

/** Comments that would silence what is wrong in a range. JSON has no comments, and broken YAML is read by nobody. */
export function ignores(snapshot: Snapshot, findings: readonly Finding[], range: Range): readonly Ignore[] {
  const found = new Map<string, Ignore>();
  for (const { diagnostic, view } of findings) {
    const file = snapshot.file(diagnostic.uri);
    if (!file || !view || UNREADABLE.includes(diagnostic.rule) || diagnostic.rule.startsWith('meshwright/')) continue;
    if (!(overlaps(diagnostic.range, range) || touches(diagnostic.range, range.start)) || /^\s*[{[]/.test(view.document.text)) continue;
    const line = file.text.lastIndexOf('\n', diagnostic.range.start - 1) + 1;
    const indent = /^[ ]*/.exec(file.text.slice(line))![0];
    const key = `${diagnostic.rule}|${line}`;
    if (found.has(key)) continue;
    found.set(key, {
      title: `Ignore "${diagnostic.rule}" on this line`,
      diagnostic,
      uri: file.uri,
      at: line,
      before: `${indent}# meshwright-ignore ${diagnostic.rule}: `,
      reason: 'reason',
      after: file.text.includes('\r\n') ? '\r\n' : '\n',
    });
  }
  return [...found.values()];
}

/** Annotations, and entries of the settings file, that would silence what is wrong in a range. `settingsFile`: its URI, where it may be written. */
export function widerIgnores(
  snapshot: Snapshot,
  findings: readonly Finding[],
  range: Range,
  settingsFile: string | undefined,
): readonly (Omit<Action, 'isPreferred'> & { readonly creates?: string })[] {
  const found = new Map<string, Omit<Action, 'isPreferred'> & { readonly creates?: string }>();
  for (const { diagnostic, view } of findings) {
    const { rule } = diagnostic;
    if (UNREADABLE.includes(rule) || rule.startsWith('meshwright/')) continue;
    if (!(overlaps(diagnostic.range, range) || touches(diagnostic.range, range.start))) continue;
    const edit = view && !rule.startsWith('yaml/') ? annotationEdit(view, rule) : undefined;
    const slot = view && snapshot.slotOf(view);
    if (edit && slot) {
      const title = `Ignore "${rule}" for this ${view.resource.kind}`;
      const edits = [{ range: shift(edit.range, slot.start), text: edit.text }];
      found.set(`${rule}|${view.resource.id}`, { title, diagnostic, files: [{ uri: diagnostic.uri, edits }] });
    }
    if (settingsFile === undefined) continue;
    const written = snapshot.file(settingsFile)?.text;
    const setting = settingEdit(written ?? '', ['rules', rule], 'off');
    if (setting)
      found.set(rule, {
        title: `Ignore "${rule}" in this workspace (${baseName(settingsFile)})`,
        diagnostic,
        files: [{ uri: settingsFile, edits: [setting] }],
        ...(written === undefined ? { creates: setting.text } : {}),
      });
  }
  return [...found.values()];
}

/** Adds a rule to the annotation that silences it in one resource. */
function annotationEdit({ document: { text }, resource: { root } }: ResourceView, rule: string): TextEdit | undefined {
  const metadata = root.map('metadata');
  if (metadata === undefined || metadata.partial) return undefined;
  const annotations = metadata.entry('annotations')?.value;
  if (annotations === undefined)
    return insertEntry(text, metadata, 'annotations', `${IGNORE_ANNOTATION}: ${rule}`, metadata.entry('namespace') ? 'namespace' : 'name');
  if (annotations.type !== 'map' || annotations.partial) return undefined;
  const known = annotations.entry(IGNORE_ANNOTATION)?.value;
  if (known === undefined) return insertEntry(text, annotations, IGNORE_ANNOTATION, rule);
  const before = known.text();
  return before === undefined ? undefined : replaceValue(text, known, before === '' ? rule : `${before},${rule}`);
}

/** Every preferred fix of a file at once; of two that touch the same text, the first only. */
export function fixAll(snapshot: Snapshot, findings: readonly Finding[]): readonly FileEdits[] {
  const all = new Map<string, TextEdit[]>();
  for (const finding of findings) {
    const fix = finding.fixes().find((it) => it.preferred);
    const files = fix && editsOf(snapshot, finding, fix);
    if (!files || files.some(({ uri, edits }) => edits.some((edit) => (all.get(uri) ?? []).some((other) => collide(edit, other)))))
      continue;
    for (const { uri, edits } of files) all.set(uri, [...(all.get(uri) ?? []), ...edits]);
  }
  return [...all].map(([uri, edits]) => ({ uri, edits: edits.sort((a, b) => a.range.start - b.range.start) }));
}

/** A fix in offsets of files; undefined where a resource it edits is gone, or where it writes a setting in place of edits. */
export function editsOf(snapshot: Snapshot, { view }: Finding, fix: Fix): readonly FileEdits[] | undefined {
  return editsOfFix(snapshot, view, fix);
}

/** The same for a change of a resource, whatever asks for it. */
export function editsOfFix(snapshot: Snapshot, view: ResourceView | undefined, fix: Fix): readonly FileEdits[] | undefined {
  if (fix.setting !== undefined) return undefined;
  const byFile = new Map<string, TextEdit[]>();
  for (const edit of fix.edits) {
    const target = edit.resource === undefined ? view : snapshot.resource(edit.resource);
    const slot = target && snapshot.slotOf(target);
    if (!target || !slot) return undefined;
    const place = 'range' in edit ? snapshot.place(target, edit.range) : undefined;
    if ('range' in edit && place === undefined) return undefined;
    const uri = place?.uri ?? target.resource.uri;
    const edits = byFile.get(uri) ?? [];
    byFile.set(uri, edits);
    if ('range' in edit) edits.push({ range: place!.range, text: edit.text });
    else edits.push(appended(slot.document.text, slot.start, edit.appendDocument));
  }
  return [...byFile].map(([uri, edits]) => ({ uri, edits }));
}

/** Adds a document behind another one, with that one's line breaks. */
function appended(document: string, start: number, text: string): TextEdit {
  const end = /\n\.\.\.\s*$/.exec(document)?.index;
  const body = end === undefined ? document : document.slice(0, end + 1);
  const at = start + body.length;
  const lineBreak = document.includes('\r\n') ? '\r\n' : '\n';
  const before = body.endsWith('\n') ? '' : lineBreak;
  const content = text.replace(/^---\r?\n/, '').replace(/\n*$/, '\n');
  return { range: { start: at, end: at }, text: before + `---\n${content}`.replace(/\r?\n/g, lineBreak) };
}

function collide(a: TextEdit, b: TextEdit): boolean {
  return overlaps(a.range, b.range) || (a.range.start === b.range.start && a.range.end === b.range.end && a.text !== b.text);
}
