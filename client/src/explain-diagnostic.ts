import * as vscode from 'vscode';
import type { BaseLanguageClient, Range } from 'vscode-languageclient/node';

const openPlace = 'meshwright.openPlace';

interface ExplainParams {
  readonly uri: string;
  readonly range: Range;
  readonly rule?: string;
}

interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

/** The page that says why a diagnostic is there. */
export class Explanations implements vscode.Disposable {
  readonly #client: Pick<BaseLanguageClient, 'sendRequest' | 'code2ProtocolConverter'>;
  readonly #commands: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #shown: string | undefined;

  constructor(client: Pick<BaseLanguageClient, 'sendRequest' | 'code2ProtocolConverter'>) {
    this.#client = client;
    this.#commands = vscode.Disposable.from(
      // Of the one that a code action names, else of the worst at the cursor.
      vscode.commands.registerCommand('meshwright.explainDiagnostic', (named?: ExplainParams) => this.#explain(named ?? this.#atCursor())),
      vscode.commands.registerCommand(openPlace, (place: string) => vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(place))),
    );
  }

  /** The Markdown of the page that is shown. */
  get shown(): string | undefined {
    return this.#shown;
  }

  dispose(): void {
    this.#commands.dispose();
    this.#panel?.dispose();
  }

  #atCursor(): ExplainParams | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return undefined;
    const { code2ProtocolConverter: to } = this.#client;
    return { uri: to.asUri(editor.document.uri), range: to.asRange(editor.selection) };
  }

  async #explain(asked: ExplainParams | undefined): Promise<void> {
    const told = asked && (await this.#client.sendRequest<Explanation | null>('meshwright/explainDiagnostic', asked));
    if (!told) {
      vscode.window.setStatusBarMessage('Meshwright: nothing is reported at the cursor.', 4000);
      return;
    }
    // VS Code's own preview of Markdown follows no links to files.
    const markdown = told.markdown.replaceAll(
      /\]\((file:[^\s)]+)\)/g,
      (_, place: string) => `](command:${openPlace}?${encodeURIComponent(JSON.stringify([place]))})`,
    );
    const body = await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
    const panel = (this.#panel ??= this.#open());
    panel.title = `Explain ${told.title}`;
    panel.webview.html = page(body);
    this.#shown = told.markdown;
    panel.reveal();
  }

  #open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('meshwright.explain', 'Explain', vscode.ViewColumn.Active, {
      enableCommandUris: [openPlace],
      enableFindWidget: true,
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
    });
    return panel;
  }
}

/** Scripts, pictures and anything from elsewhere stay out. */
function page(body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { max-width: 46rem; padding: 0 1.5rem 2rem; font-size: 14px; line-height: 1.55; }
h1 { font-size: 1.35rem; line-height: 1.3; }
h2 { font-size: 1.05rem; margin-top: 1.6rem; border-bottom: 1px solid var(--vscode-widget-border, transparent); padding-bottom: 0.2rem; }
ul { padding-left: 1.2rem; }
code { font-family: var(--vscode-editor-font-family); font-size: 0.93em; }
pre { padding: 0.7rem 0.9rem; overflow-x: auto; background: var(--vscode-textCodeBlock-background); }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; }
td, th { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; vertical-align: top; }
hr { border: 0; border-top: 1px solid var(--vscode-widget-border, currentColor); margin: 1.6rem 0; }
</style>
</head>
<body>${body}</body>
</html>`;
}
