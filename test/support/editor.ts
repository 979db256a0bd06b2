import { createHost } from '../../server/src/analysis/analyze.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import { snapshotOf } from '../../server/src/analysis/workspace.js';
import { completion, type Proposal } from '../../server/src/features/completion.js';
import { resourcesCalled, stateOf } from '../../server/src/features/effective.js';
import { hover } from '../../server/src/features/hover.js';
import { rename } from '../../server/src/features/rename.js';
import { textAt, type Snapshot } from '../../server/src/features/snapshot.js';
import { bundledSchemas } from '../../server/src/hosts/schemas.js';
import type { Settings } from '../../server/src/index/settings.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { cursor, withoutFilledIn } from './fixture.js';

const schemas = bundledSchemas();

/** A workspace made of a fixture, with its cursor `$0`. */
export interface Editor {
  readonly host: AnalysisHost;
  readonly snapshot: Snapshot;
  readonly uri: string;
  readonly offset: number;
  readonly textOf: (uri: string) => string;
}

interface EditorOptions {
  readonly settings?: Settings;
  readonly crlf?: boolean;
  /** Checks manifests against their schemas, too. */
  readonly checksSchemas?: boolean;
}

export function edit(yaml: string, options: EditorOptions = {}): Editor {
  const at = cursor(yaml);
  const host = createHost({
    ...(options.checksSchemas && { schemas }),
    onFailure: (what, where, error) => {
      throw new Error(`${what} failed on ${where}`, { cause: error });
    },
  });
  host.setSettings({ world: 'closed', ...options.settings });
  const crlf = (text: string): string => (options.crlf ? text.replaceAll('\n', '\r\n') : text);
  host.apply(at.files.map(({ uri, text }) => ({ uri, text: crlf(text), open: true })));
  const own = at.files.find((it) => it.uri === at.uri)!.text;
  const snapshot = snapshotOf(host, schemas, (uri) => uri.replace('file:///workspace/', ''));
  return { host, snapshot, uri: at.uri, offset: crlf(own.slice(0, at.offset)).length, textOf: (uri) => host.file(uri)?.text ?? '' };
}

/** Each step of the effective state of a resource with the first lines of what it links to: `mesh: prod | prod`. */
export function linksOf({ snapshot }: Editor, name: string): readonly string[] {
  const lines = stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)?.lines ?? [];
  return lines.map(({ topic, sites }) =>
    `${topic}: ${sites.map((it) => textAt(snapshot, it.resource, it.range).split('\n')[0]).join(' | ')}`.trim(),
  );
}

/** What is offered at `$0`, in the order it is shown. */
export function complete(yaml: string, options?: Parameters<typeof edit>[1]): readonly Proposal[] {
  const { snapshot, uri, offset } = edit(yaml, options);
  return [...completion(snapshot, uri, offset)].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
}

export function labels(yaml: string, options?: Parameters<typeof edit>[1]): readonly string[] {
  return complete(yaml, options).map((it) => it.label);
}

/** The file after a proposal was taken, tab stops shown as `$`. */
export function accept(yaml: string, label: string, options?: Parameters<typeof edit>[1]): string {
  const editor = edit(yaml, options);
  const proposal = completion(editor.snapshot, editor.uri, editor.offset).find((it) => it.label === label);
  if (!proposal) throw new Error(`"${label}" is not offered`);
  const text = proposal.isSnippet ? proposal.text.replace(/\$\{(\d+)\}/g, '$') : proposal.text;
  return withoutFilledIn(applyEdits(editor.textOf(editor.uri), [{ range: proposal.replace, text }]));
}

/** Markdown at `$0`, without the addresses of links. */
export function hoverAt(yaml: string, options?: Parameters<typeof edit>[1]): string | undefined {
  const { snapshot, uri, offset } = edit(yaml, options);
  return hover(snapshot, uri, offset, { uriOf: (it) => it, isTrusted: false })?.markdown.replace(/\]\([^)]*\)/g, ']');
}

/** All files after a rename at `$0`, or why it is refused. */
export function renameTo(yaml: string, name: string): string {
  const { snapshot, host, uri, offset } = edit(yaml);
  const found = rename(snapshot, uri, offset, name);
  if (!found) return 'nothing to rename';
  if ('reason' in found) return found.reason;
  return [...host.files()]
    .map((file) => withoutFilledIn(applyEdits(file.text, found.find((it) => it.uri === file.uri)?.edits ?? [])))
    .join('');
}
