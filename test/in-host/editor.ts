import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A file of the suite's workspace: `shop/route.yaml`. */
export function fileAt(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, '..', path);
}

/** Makes these the folders of the workspace, besides the first one: a sample is read without the others. */
export async function showFolders(...paths: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const changed = new Promise((resolve) => vscode.workspace.onDidChangeWorkspaceFolders(resolve));
  const others = vscode.workspace.workspaceFolders!.length - 1;
  assert.ok(vscode.workspace.updateWorkspaceFolders(1, others, ...paths.map((it) => ({ uri: fileAt(it) }))), paths.join(' '));
  await changed;
}

/** What may be done in a range, with its edits. */
export function actionsAt(document: vscode.TextDocument, range: vscode.Range, kind: vscode.CodeActionKind): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind.value, 30);
}

/** Opens a file and shows it. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const uri = fileAt(path);
  // `openTextDocument` would keep it open for minutes, also once its editor is closed, and an open file is part of the workspace.
  await vscode.commands.executeCommand('vscode.open', uri);
  return until(`an editor on ${path}`, () => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.toString() === uri.toString() ? document : undefined;
  });
}

/** The place in the middle of the first `text`. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`no ${JSON.stringify(text)} in ${document.uri.path}`);
  return document.positionAt(offset + Math.floor(text.length / 2));
}

/** Replaces the first `from`, as an author would by typing. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const offset = document.getText().indexOf(from);
  if (offset < 0) throw new Error(`no ${JSON.stringify(from)} in ${document.uri.path}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

/** Puts a document back as it is on disk. */
export async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** What Meshwright reports in a file: `rule: message`. */
export function reported(uri: vscode.Uri): string[] {
  return diagnosticsOf(uri).map((it) => `${ruleOf(it)}: ${it.message}`);
}

export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((it) => it.source === 'meshwright');
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until there is something to return; fails with what `seen` tells in the end. */
export async function until<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
  seen: () => unknown = () => '',
  time = 20_000,
): Promise<T> {
  for (const end = Date.now() + time; ;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${time / 1000} s for ${what}; there is ${JSON.stringify(seen())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until a rule reports in a file. */
export function untilReported(uri: vscode.Uri, rule: string, text = ''): Promise<vscode.Diagnostic> {
  return until(
    `${rule} in ${uri.path}`,
    () => diagnosticsOf(uri).find((it) => ruleOf(it) === rule && it.message.includes(text)),
    () => reported(uri),
  );
}

/** Waits until a rule reports nothing in a file. */
export async function untilGone(uri: vscode.Uri, rule: string): Promise<void> {
  await until(
    `no ${rule} in ${uri.path}`,
    () => (diagnosticsOf(uri).some((it) => ruleOf(it) === rule) ? undefined : true),
    () => reported(uri),
  );
}
