import * as vscode from 'vscode';

const fixAll = vscode.CodeActionKind.SourceFixAll.append('meshwright');

/** Applies every safe fix in the file of the active editor, as `source.fixAll.meshwright` does on save. */
export async function fixAllInFile(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { document } = editor;
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  // The last argument is how many actions to complete with their edits.
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    whole,
    fixAll.value,
    1,
  );
  // One action holds all fixes: a second one would have been made for the text before the first.
  const edit = actions.find((it) => it.kind !== undefined && fixAll.contains(it.kind))?.edit;
  if (edit !== undefined) await vscode.workspace.applyEdit(edit);
  else vscode.window.setStatusBarMessage('Meshwright: nothing in this file can be fixed safely.', 4000);
}
