import {
  DocumentDiagnosticReportKind,
  DocumentHighlightKind,
  FoldingRangeKind,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  type ClientCapabilities,
  type CodeLens,
  type Connection,
  type Hover,
  type InlayHint,
  type Location,
  type LocationLink,
  type Position,
  type SelectionRange,
  type DocumentDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding } from '../features/actions.js';
import { definition, highlights, references, type Link } from '../features/definition.js';
import { codeLenses, inlayHints } from '../features/effective.js';
import { foldingRanges, selectionRanges } from '../features/folding.js';
import { hover } from '../features/hover.js';
import { prepareRename, rename, type FileEdits } from '../features/rename.js';
import type { Settings } from '../index/settings.js';
import type { FileView, Snapshot } from '../features/snapshot.js';
import { documentSymbols, workspaceSymbols } from '../features/symbols.js';
import { registerCodeActions } from './code-actions.js';
import { registerCompletion } from './completion.js';
import { fromRange, symbolKinds, toEdit, toLocation, toOffset, toRange, toSymbol, type Names } from './convert.js';
import type { Publisher } from './publisher.js';

export interface Session {
  readonly connection: Connection;
  readonly snapshot: Snapshot;
  readonly capabilities: () => ClientCapabilities;
  /** Whether the client is VS Code with our extension, whose commands we know. */
  readonly isOurClient: () => boolean;
  readonly names: Names;
  /** Our spelling of a URI that the client said. */
  readonly hear: (uri: string) => string;
  /** Brings the snapshot up to what the client said last. */
  readonly current: () => void;
  /** The same, where what is written counts on each offset: what waits to be read is read now. */
  readonly catchUp: () => void;
  /** Resolves once all files are read and checked. */
  readonly settled: () => Promise<void>;
  /** Resolves once what waits has had its turn. */
  readonly turn: () => Promise<void>;
  readonly versionOf: (uri: string) => number | undefined;
  readonly findings: (uri: string) => readonly Finding[];
  readonly settings: () => Settings;
  /** Whether anything of a mesh is in the workspace: plain Kubernetes gets neither lenses nor hints. */
  readonly isAwake: () => boolean;
  readonly publisher: Publisher;
}

/** Method to feature, one line each where it can be. */
export function registerFeatures(session: Session): void {
  const { connection, snapshot, capabilities, names, publisher } = session;

  connection.onHover((params) =>
    answer<Hover | null>(session, 'hover', null, () => {
      const at = place(session, params.textDocument.uri, params.position);
      // Our own client asks this way beside an extension that has a schema for the file.
      const { withoutSchema = false } = params as typeof params & { readonly withoutSchema?: boolean };
      const found = at && hover(snapshot, at.uri, at.offset, { uriOf: names.clientUri, isTrusted: false, withoutSchema });
      if (!at || !found) return null;
      const kinds = capabilities().textDocument?.hover?.contentFormat ?? [MarkupKind.Markdown];
      const kind = kinds.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
      return { contents: { kind, value: found.markdown }, range: toRange(at.file.lines, found.range) };
    }),
  );

  connection.onDefinition((params) =>
    answer<Location[] | LocationLink[]>(session, 'definition', [], () => {
      const at = place(session, params.textDocument.uri, params.position);
      const links = at ? definition(snapshot, at.uri, at.offset) : [];
      if (!capabilities().textDocument?.definition?.linkSupport) return present(links.map((it) => toLocation(snapshot, names, it.to)));
      return present(links.map((it) => toLink(session, at!.file, it)));
    }),
  );

  connection.onReferences((params) =>
    answer(session, 'references', null, () => {
      const at = place(session, params.textDocument.uri, params.position);
      const found = at ? references(snapshot, at.uri, at.offset, params.context.includeDeclaration) : [];
      return present(found.map((it) => toLocation(snapshot, names, it)));
    }),
  );

  connection.onDocumentHighlight((params) =>
    answer(session, 'documentHighlight', null, () => {
      const at = place(session, params.textDocument.uri, params.position);
      return (at ? highlights(snapshot, at.uri, at.offset) : []).map(({ range, isDefinition }) => ({
        range: toRange(at!.file.lines, range),
        kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
    }),
  );

  connection.onDocumentSymbol(({ textDocument }) =>
    answer(session, 'documentSymbol', [], () => {
      const file = fileOf(session, textDocument.uri);
      return file ? documentSymbols(snapshot, file.uri).map((it) => toSymbol(file.lines, it)) : [];
    }),
  );

  connection.onWorkspaceSymbol(({ query }) =>
    answer(session, 'workspaceSymbol', [], () =>
      workspaceSymbols(snapshot, query).flatMap((it) => {
        const location = toLocation(snapshot, names, it.place);
        return location ? [{ name: it.name, kind: symbolKinds[it.sort], containerName: it.container, location }] : [];
      }),
    ),
  );

  connection.onFoldingRanges(({ textDocument }) =>
    answer(session, 'foldingRange', [], () => {
      const file = fileOf(session, textDocument.uri);
      const folds = file ? foldingRanges(snapshot, file.uri) : [];
      return folds.map(({ startLine, endLine, isComment }) => ({
        startLine,
        endLine,
        ...(isComment ? { kind: FoldingRangeKind.Comment } : {}),
      }));
    }),
  );

  connection.onSelectionRanges(({ textDocument, positions }) =>
    answer(session, 'selectionRange', [], () => {
      const file = fileOf(session, textDocument.uri);
      return file
        ? positions.map((position) => nest(file, selectionRanges(snapshot, file.uri, toOffset(file.lines, position)), position))
        : [];
    }),
  );

  connection.onPrepareRename((params) =>
    answer(session, 'prepareRename', null, () => {
      const at = place(session, params.textDocument.uri, params.position);
      const found = at && prepareRename(snapshot, at.uri, at.offset);
      if (!at || !found) return null;
      if ('reason' in found) throw new ResponseError(LSPErrorCodes.RequestFailed, found.reason);
      return { range: toRange(at.file.lines, found.range), placeholder: found.name };
    }),
  );

  connection.onRenameRequest((params) =>
    answer(session, 'rename', null, () => {
      session.catchUp();
      const at = place(session, params.textDocument.uri, params.position);
      const found = at && rename(snapshot, at.uri, at.offset, params.newName);
      if (!found) return null;
      if ('reason' in found) throw new ResponseError(LSPErrorCodes.RequestFailed, found.reason);
      return toWorkspaceEdit(session, found, `Rename to "${params.newName}"`);
    }),
  );

  connection.languages.diagnostics.on((params) =>
    answer<DocumentDiagnosticReport>(session, 'diagnostic', { kind: DocumentDiagnosticReportKind.Full, items: [] }, () => {
      const { id, items } = publisher.pull(session.hear(params.textDocument.uri));
      if (id === params.previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id };
      return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: [...items] };
    }),
  );

  connection.languages.diagnostics.onWorkspace(async (params, token) => {
    // A report of half a workspace would be taken for all there is.
    await session.settled();
    const before = new Map(params.previousResultIds.map((it) => [session.hear(it.uri), it.value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    // Thousands of files have something to tell; other requests are answered in between.
    for (const uris of slices([...publisher.filesToPull(before.keys())])) {
      if (token.isCancellationRequested) break;
      answer(session, 'workspaceDiagnostic', undefined, () => {
        for (const uri of uris) items.push(...reportOf(session, uri, before.get(uri)));
      });
      await session.turn();
    }
    return { items };
  });

  connection.onCodeLens(({ textDocument }) =>
    answer<CodeLens[]>(session, 'codeLens', [], () => {
      const file = fileOf(session, textDocument.uri);
      const groups = groupsIn(session.settings()['codeLens'], CODE_LENSES);
      if (!file || groups.length === 0 || !session.isAwake()) return [];
      return codeLenses(snapshot, file.uri, groups).map(({ at, text, places }) => {
        const range = toRange(file.lines, { start: at, end: at });
        const locations = present(places.map((it) => toLocation(snapshot, names, it)));
        // Only our own extension has the command; elsewhere the words stand alone.
        const leads = session.isOurClient() && locations.length > 0;
        return {
          range,
          command: leads
            ? { title: text, command: 'meshwright.showReferences', arguments: [names.clientUri(file.uri), range.start, locations] }
            : { title: text, command: '' },
        };
      });
    }),
  );

  connection.languages.inlayHint.on(({ textDocument, range }) =>
    answer<InlayHint[]>(session, 'inlayHint', [], () => {
      const file = fileOf(session, textDocument.uri);
      const groups = groupsIn(session.settings()['inlayHints'], INLAY_HINTS);
      if (!file || groups.length === 0 || !session.isAwake()) return [];
      return inlayHints(snapshot, file.uri, fromRange(file.lines, range), groups).map(({ at, text, joins, place: to }) => {
        const location = to && toLocation(snapshot, names, to);
        return {
          position: toRange(file.lines, { start: at, end: at }).start,
          label: [{ value: text, ...(location ? { location } : {}) }],
          paddingLeft: !joins,
        };
      });
    }),
  );

  registerCodeActions(session);
  registerCompletion(session);
}

/** What lenses and hints show where no setting says so. */
const CODE_LENSES = ['references', 'workloads', 'callers'];
const INLAY_HINTS = ['host', 'subset', 'weight', 'protocol'];

function groupsIn(setting: Settings[string] | undefined, byDefault: readonly string[]): readonly string[] {
  return Array.isArray(setting) ? setting.filter((it): it is string => typeof it === 'string') : byDefault;
}

/** Files of a workspace report at a time: a few milliseconds. */
const SLICE = 64;

function* slices<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < items.length; at += SLICE) yield items.slice(at, at + SLICE);
}

/** What a client learns of a file in a workspace report, by the id of what it had. */
function reportOf(
  { publisher, names, versionOf }: Session,
  uri: string,
  known: string | undefined,
): readonly WorkspaceDocumentDiagnosticReport[] {
  const isKnown = known !== undefined && known === publisher.idOf(uri);
  const { id, items } = isKnown ? { id: known, items: [] } : publisher.pull(uri);
  const told = { uri: names.clientUri(uri), version: versionOf(uri) ?? null, resultId: id };
  if (known === id) return [{ ...told, kind: DocumentDiagnosticReportKind.Unchanged }];
  return items.length > 0 || known !== undefined ? [{ ...told, kind: DocumentDiagnosticReportKind.Full, items: [...items] }] : [];
}

/** Runs a request on the newest text. A throw is our bug: it is logged, and the client gets an empty answer. */
export function answer<T>(session: Session, method: string, empty: T, work: () => T): T {
  try {
    session.current();
    return work();
  } catch (error) {
    // A refusal with its reason is an answer.
    if (error instanceof ResponseError) throw error;
    session.connection.console.error(`${method} failed\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return empty;
  }
}

export function place(session: Session, uri: string, position: Position): { uri: string; file: FileView; offset: number } | undefined {
  const file = fileOf(session, uri);
  return file && { uri: file.uri, file, offset: toOffset(file.lines, position) };
}

export function fileOf(session: Session, uri: string): FileView | undefined {
  return session.snapshot.file(session.hear(uri));
}

function toLink({ snapshot, names }: Session, from: FileView, link: Link): LocationLink | undefined {
  const file = snapshot.file(link.to.uri);
  return (
    file && {
      originSelectionRange: toRange(from.lines, link.from),
      targetUri: names.clientUri(file.uri),
      targetRange: toRange(file.lines, link.whole.range),
      targetSelectionRange: toRange(file.lines, link.to.range),
    }
  );
}

function nest(file: FileView, ranges: readonly { start: number; end: number }[], position: Position): SelectionRange {
  let result: SelectionRange | undefined;
  for (const range of [...ranges].reverse()) result = { range: toRange(file.lines, range), ...(result ? { parent: result } : {}) };
  return result ?? { range: { start: position, end: position } };
}

/**
 * Edits with versions of open files, so that a client can refuse them when it has moved on. Several files at once are annotated where the
 * client can: then it offers a preview.
 */
export function toWorkspaceEdit(
  session: Session,
  files: readonly FileEdits[],
  label: string | undefined,
  needsConfirmation = false,
): WorkspaceEdit {
  const { snapshot, names, versionOf } = session;
  const able = session.capabilities().workspace?.workspaceEdit;
  const known = files.flatMap(({ uri, edits }) => {
    const file = snapshot.file(uri);
    return file ? [{ file, edits: edits.map((it) => toEdit(file.lines, it)) }] : [];
  });
  if (!able?.documentChanges) return { changes: Object.fromEntries(known.map(({ file, edits }) => [names.clientUri(file.uri), edits])) };
  const annotated = label !== undefined && known.length > 1 && able.changeAnnotationSupport !== undefined;
  return {
    documentChanges: known.map(({ file, edits }) => ({
      textDocument: { uri: names.clientUri(file.uri), version: versionOf(file.uri) ?? null },
      edits: annotated ? edits.map((it) => ({ ...it, annotationId: 'meshwright' })) : edits,
    })),
    ...(annotated ? { changeAnnotations: { meshwright: { label, needsConfirmation } } } : {}),
  };
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((it): it is T => it !== undefined);
}
