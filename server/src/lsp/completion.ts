import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type CompletionItem,
  type CompletionList,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { editsOf, type Finding } from '../features/actions.js';
import { completionList, proposalDocs, type DocsRequest, type Proposal } from '../features/completion.js';
import type { FileView } from '../features/snapshot.js';
import { toEdit, toRange } from './convert.js';
import { answer, place, toWorkspaceEdit, type Session } from './handlers.js';

/** Applies an edit of files beside the one that is written in. */
export const APPLY_EDIT = 'meshwright.applyEdit';

export function registerCompletion(session: Session): void {
  const { connection, snapshot } = session;

  connection.onCompletion((params) =>
    answer<CompletionList>(session, 'completion', { items: [], isIncomplete: false }, () => {
      const at = place(session, params.textDocument.uri, params.position);
      if (!at) return { items: [], isIncomplete: false };
      const { proposals, isComplete } = completionList(snapshot, at.uri, at.offset);
      const ranges = rangesIn(at.file);
      return { items: proposals.map((it) => toItem(session, at.file, it, at.offset, ranges)), isIncomplete: !isComplete };
    }),
  );

  connection.onExecuteCommand(async ({ command, arguments: given }) => {
    if (command !== APPLY_EDIT || given === undefined) return;
    const [label, edit] = given as [string, WorkspaceEdit];
    await connection.workspace.applyEdit({ label, edit });
  });

  connection.onCompletionResolve((item) =>
    answer(session, 'completion resolve', item, () => {
      const request = item.data as DocsRequest | undefined;
      const docs = request && proposalDocs(snapshot, request);
      return docs === undefined ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value: docs } };
    }),
  );
}

/** Items mostly replace the same text. */
function rangesIn(file: FileView): (range: Proposal['insert']) => Range {
  let latest: { readonly of: Proposal['insert']; readonly range: Range } | undefined;
  return (of) => {
    if (latest === undefined || latest.of.start !== of.start || latest.of.end !== of.end) latest = { of, range: toRange(file.lines, of) };
    return latest.range;
  };
}

function toItem(
  session: Session,
  file: FileView,
  proposal: Proposal,
  offset: number,
  rangeOf: (range: Proposal['insert']) => Range,
): CompletionItem {
  const able = session.capabilities().textDocument?.completion?.completionItem;
  const text = proposal.isSnippet && !able?.snippetSupport ? withoutTabStops(proposal.text) : proposal.text;
  const isSnippet = proposal.isSnippet && able?.snippetSupport === true;
  const insert = rangeOf(proposal.insert);
  const replace = rangeOf(proposal.replace);
  const typed = file.text.slice(proposal.insert.start, offset);
  return {
    label: proposal.label,
    kind: kinds[proposal.sort],
    ...(proposal.detail === undefined
      ? {}
      : able?.labelDetailsSupport
        ? { labelDetails: { description: proposal.detail } }
        : { detail: proposal.detail }),
    sortText: proposal.sortText,
    ...filterOf(proposal, typed),
    ...(proposal.deprecated && able?.tagSupport ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(proposal.preselect ? { preselect: true } : {}),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(able?.insertTextModeSupport ? { insertTextMode: InsertTextMode.asIs } : {}),
    textEdit: able?.insertReplaceSupport ? { newText: text, insert, replace } : { newText: text, range: replace },
    ...(proposal.goesOn && session.isOurClient() ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
    ...elsewhere(session, file, proposal),
    ...(proposal.docs === undefined ? {} : { data: proposal.docs }),
  };
}

/** An editor that is told nothing filters by the label. */
function filterOf({ filter, label }: Proposal, typed: string): Pick<CompletionItem, 'filterText'> {
  return typed !== '' && filter?.startsWith(typed) && filter !== label ? { filterText: filter } : {};
}

/** Edits of the same file travel with the item; editors know no others, so those of other files follow as a command. */
function elsewhere(session: Session, file: FileView, { also, label }: Proposal): Pick<CompletionItem, 'additionalTextEdits' | 'command'> {
  if (also.length === 0) return {};
  const nowhere: Finding = { diagnostic: { uri: file.uri } as Finding['diagnostic'], view: undefined, fixes: () => [] };
  const files = editsOf(session.snapshot, nowhere, { title: '', edits: also }) ?? [];
  const own = files.filter((it) => it.uri === file.uri);
  const others = files.filter((it) => it.uri !== file.uri);
  const title = `Define "${label}"`;
  return {
    ...(own.length === 0 ? {} : { additionalTextEdits: own.flatMap((it) => it.edits.map((edit) => toEdit(file.lines, edit))) }),
    ...(others.length === 0
      ? {}
      : { command: { title, command: APPLY_EDIT, arguments: [title, toWorkspaceEdit(session, others, undefined)] } }),
  };
}

function withoutTabStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\}/g, '')
    .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/\$\{\d+\|((?:[^\\,|]|\\.)*)[^}]*\}/g, '$1')
    .replace(/\\([\\$},|])/g, '$1');
}

const kinds: Readonly<Record<Proposal['sort'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  enum: CompletionItemKind.EnumMember,
  resource: CompletionItemKind.Snippet,
  host: CompletionItemKind.Interface,
  subset: CompletionItemKind.EnumMember,
  port: CompletionItemKind.Value,
  gateway: CompletionItemKind.Module,
  principal: CompletionItemKind.Reference,
  label: CompletionItemKind.Constant,
  namespace: CompletionItemKind.Module,
  secret: CompletionItemKind.Reference,
  name: CompletionItemKind.Reference,
};
