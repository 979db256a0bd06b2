import * as vscode from 'vscode';

/** A file of the suite's workspace: `shop/route.yaml`. */
export function fileAt(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, '..', path);
}

/** Opens a file and shows it. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileAt(path));
  await vscode.window.showTextDocument(document);
  return document;
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
