import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient/node';

interface NewBaseline {
  readonly files: readonly { readonly uri: string; readonly text: string }[];
  readonly count: number;
  readonly shown: string;
}

/** Registers the command that takes everything found now as known, so that only what comes later is reported. */
export function registerBaseline(client: Pick<BaseLanguageClient, 'sendRequest' | 'protocol2CodeConverter'>): vscode.Disposable {
  return vscode.commands.registerCommand('meshwright.createBaseline', async () => {
    const made = await client.sendRequest<NewBaseline | null>('meshwright/createBaseline');
    if (made === null) {
      vscode.window.setStatusBarMessage('Meshwright: a baseline needs a folder to be in.', 4000);
      return;
    }
    for (const { uri, text } of made.files) await write(client.protocol2CodeConverter.asUri(uri), text);
    const findings = made.count === 1 ? '1 finding' : `${made.count} findings`;
    vscode.window.setStatusBarMessage(`Meshwright: wrote ${findings} to ${made.shown}.`, 4000);
  });
}

/** Writes a file; one that is being edited is changed in its editor, so that nothing typed is lost. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find((it) => it.uri.toString() === uri.toString());
  if (open === undefined) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(open.positionAt(0), open.positionAt(open.getText().length)), text);
  await vscode.workspace.applyEdit(edit);
  await open.save();
}
