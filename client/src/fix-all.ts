import * as vscode from 'vscode';

const fixAll = vscode.CodeActionKind.SourceFixAll.append('meshwright');

/** Applies every safe fix in the file of the active editor, as `source.fixAll.meshwright` does on save. */
export async function fixAllInFile(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { document } = editor;
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, whole, fixAll.value);
  const edits = actions.flatMap((it) => (it.kind !== undefined && fixAll.contains(it.kind) && it.edit !== undefined ? [it.edit] : []));
  for (const edit of edits) await vscode.workspace.applyEdit(edit);
  if (edits.length === 0) vscode.window.setStatusBarMessage('Meshwright: nothing in this file can be fixed safely.', 4000);
}
