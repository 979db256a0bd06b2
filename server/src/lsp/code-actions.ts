import {
  CodeActionKind,
  ResourceOperationKind,
  StringValue,
  type CodeAction,
  type Range as LspRange,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { fixAll, ignores, quickFixes, widerIgnores, type Finding, type Ignore } from '../features/actions.js';
import { explainDiagnostic, findingAt } from '../features/explain-diagnostic.js';
import { refactorings } from '../features/refactorings.js';
import { SETTINGS_FILE } from '../features/settings-file.js';
import { settingsFixes } from '../features/settings-fixes.js';
import type { FileView } from '../features/snapshot.js';
import type { Range } from '../text/range.js';
import { fromRange, toDiagnostic, toRange } from './convert.js';
import { answer, fileOf, toWorkspaceEdit, type Session } from './handlers.js';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.meshwright`;

/** Fixes, ways to ignore, and explanations of what is reported. */
export function registerCodeActions(session: Session): void {
  const { connection, snapshot, names, publisher } = session;

  connection.onCodeAction((params) =>
    answer(session, 'codeAction', [], () => {
      session.catchUp();
      const file = fileOf(session, params.textDocument.uri);
      if (!file) return [];
      const { only } = params.context;
      const wants = (kind: string): boolean => only === undefined || only.some((it) => kind === it || kind.startsWith(`${it}.`));
      const findings = session.findings(file.uri);
      const actions: CodeAction[] = [];
      if (wants(CodeActionKind.QuickFix)) {
        for (const action of quickFixes(snapshot, findings, fromRange(file.lines, params.range))) {
          actions.push({
            title: action.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [toDiagnostic(snapshot, names, file.lines, action.diagnostic, publisher.abilities)],
            ...(action.isPreferred ? { isPreferred: true } : {}),
            edit: toWorkspaceEdit(session, action.files, action.title, true),
          });
        }
      }
      if (wants(CodeActionKind.QuickFix)) {
        for (const ignore of ignores(snapshot, findings, fromRange(file.lines, params.range))) {
          actions.push({
            title: ignore.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [toDiagnostic(snapshot, names, file.lines, ignore.diagnostic, publisher.abilities)],
            edit: ignoreEdit(session, file, ignore),
          });
        }
      }
      if (wants(CodeActionKind.QuickFix)) {
        const at = fromRange(file.lines, params.range);
        const settingsFile = settingsFileOf(session);
        const others = [...settingsFixes(snapshot, findings, at, settingsFile), ...widerIgnores(snapshot, findings, at, settingsFile)];
        for (const it of others) {
          const edit = settingsFileEdit(session, it);
          if (edit === undefined) continue;
          actions.push({
            title: it.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [toDiagnostic(snapshot, names, file.lines, it.diagnostic, publisher.abilities)],
            edit,
          });
        }
        if (session.isOurClient()) actions.push(...explainActions(session, file, findings, at));
      }
      if (wants(CodeActionKind.Refactor) || wants(CodeActionKind.RefactorRewrite)) {
        for (const { title, files } of refactorings(snapshot, file.uri, fromRange(file.lines, params.range)))
          actions.push({ title, kind: CodeActionKind.RefactorRewrite, edit: toWorkspaceEdit(session, files, title, true) });
      }
      // Only where asked for by name: a fix-all in every light bulb would be noise.
      if (only !== undefined && wants(FIX_ALL)) {
        const files = fixAll(snapshot, findings);
        if (files.length > 0)
          actions.push({ title: 'Fix all safe problems in this file', kind: FIX_ALL, edit: toWorkspaceEdit(session, files, undefined) });
      }
      return actions;
    }),
  );

  connection.onRequest('meshwright/explainDiagnostic', ({ uri, range, rule }: ExplainParams) =>
    answer<{ title: string; markdown: string } | null>(session, 'explainDiagnostic', null, () => {
      const file = fileOf(session, uri);
      const finding = file && findingAt(session.findings(file.uri), fromRange(file.lines, range), rule);
      if (!finding) return null;
      return { title: finding.diagnostic.rule, markdown: explainDiagnostic(snapshot, finding, names.clientUri) };
    }),
  );
}

interface ExplainParams {
  readonly uri: string;
  readonly range: LspRange;
  /** Undefined: the worst of what is reported there. */
  readonly rule?: string;
}

/** Leads from each diagnostic in a range to its page; the command is one of our own client. */
function explainActions({ snapshot, names, publisher }: Session, file: FileView, findings: readonly Finding[], at: Range): CodeAction[] {
  const rules = new Set<string>();
  return findings.flatMap((finding): CodeAction[] => {
    const { diagnostic } = finding;
    if (rules.has(diagnostic.rule) || findingAt([finding], at) === undefined) return [];
    rules.add(diagnostic.rule);
    const title = `Explain "${diagnostic.rule}"`;
    const params: ExplainParams = { uri: names.clientUri(file.uri), range: toRange(file.lines, diagnostic.range), rule: diagnostic.rule };
    return [
      {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(snapshot, names, file.lines, diagnostic, publisher.abilities)],
        command: { title, command: 'meshwright.explainDiagnostic', arguments: [params] },
      },
    ];
  });
}

/** The settings file of the workspace, there or not, where the client can write one. */
function settingsFileOf({ settings, snapshot, capabilities }: Session): string | undefined {
  const folder = settings()['settingsFolder'];
  if (typeof folder !== 'string') return undefined;
  const uri = `${folder}/${SETTINGS_FILE}`;
  const able = capabilities().workspace?.workspaceEdit;
  const canCreate = able?.documentChanges === true && able.resourceOperations?.includes(ResourceOperationKind.Create) === true;
  return snapshot.file(uri) !== undefined || canCreate ? uri : undefined;
}

function settingsFileEdit(session: Session, { files, creates }: ReturnType<typeof widerIgnores>[number]): WorkspaceEdit | undefined {
  if (creates === undefined) return toWorkspaceEdit(session, files, undefined);
  const uri = session.names.clientUri(files[0]!.uri);
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: creates }] },
    ],
  };
}

/** The comment, with its reason selected where the client can do that. */
function ignoreEdit(session: Session, file: FileView, { at, before, reason, after }: Ignore): WorkspaceEdit {
  if (!session.capabilities().workspace?.workspaceEdit?.snippetEditSupport)
    return toWorkspaceEdit(
      session,
      [{ uri: file.uri, edits: [{ range: { start: at, end: at }, text: before + reason + after }] }],
      undefined,
    );
  const snippet = StringValue.createSnippet(`${before}\${1:${reason}}${after}`);
  return {
    documentChanges: [
      {
        textDocument: { uri: session.names.clientUri(file.uri), version: session.versionOf(file.uri) ?? null },
        edits: [{ range: toRange(file.lines, { start: at, end: at }), snippet }],
      },
    ],
  };
}
