import * as vscode from 'vscode';
import type { BaseLanguageClient, Range } from 'vscode-languageclient/node';

const scheme = 'meshwright-explain';

interface ExplainParams {
  readonly uri: string;
  readonly range: Range;
  readonly rule?: string;
}

/** Registers the command that shows why a diagnostic is there: the one that a code action names, else the worst at the cursor. */
export function registerExplanations(client: Pick<BaseLanguageClient, 'sendRequest' | 'code2ProtocolConverter'>): vscode.Disposable {
  const pages = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const atCursor = (): ExplainParams | undefined => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return undefined;
    return {
      uri: client.code2ProtocolConverter.asUri(editor.document.uri),
      range: client.code2ProtocolConverter.asRange(editor.selection),
    };
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => pages.get(uri.path) ?? '',
    }),
    vscode.commands.registerCommand('meshwright.explainDiagnostic', async (named?: ExplainParams) => {
      const asked = named ?? atCursor();
      const told = asked && (await client.sendRequest<{ title: string; markdown: string } | null>('meshwright/explainDiagnostic', asked));
      if (!told) {
        vscode.window.setStatusBarMessage('Meshwright: nothing is reported at the cursor.', 4000);
        return;
      }
      // The preview calls its tab after the file.
      const page = vscode.Uri.from({ scheme, path: `/${told.title.replaceAll('/', ' ')}.md` });
      pages.set(page.path, told.markdown);
      changed.fire(page);
      await vscode.commands.executeCommand('markdown.showPreview', page);
    }),
  );
}
