import * as vscode from 'vscode';

const openPlace = 'meshwright.openPlace';

/** A page of Markdown in a tab of its own, with links to places in files; VS Code's own preview follows none of those. */
export class Page implements vscode.Disposable {
  readonly #type: string;
  /** Commands that its links may run, besides going to places. */
  readonly #commands: readonly string[];
  #panel: vscode.WebviewPanel | undefined;
  #shown: string | undefined;

  constructor(type: string, commands: readonly string[] = []) {
    this.#type = type;
    this.#commands = commands;
  }

  /** The Markdown of the page that is shown. */
  get shown(): string | undefined {
    return this.#shown;
  }

  async show(title: string, markdown: string): Promise<void> {
    const linked = markdown.replaceAll(
      /\]\((file:[^\s)]+)\)/g,
      (_, place: string) => `](command:${openPlace}?${encodeURIComponent(JSON.stringify([place]))})`,
    );
    const body = await vscode.commands.executeCommand<string>('markdown.api.render', linked);
    const panel = (this.#panel ??= this.#open(title));
    panel.title = title;
    panel.webview.html = page(body);
    this.#shown = markdown;
    panel.reveal();
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(title: string): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(this.#type, title, vscode.ViewColumn.Active, {
      enableCommandUris: [openPlace, ...this.#commands],
      enableFindWidget: true,
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
    });
    return panel;
  }
}

/** What links to places in pages run. */
export function registerPlaces(): vscode.Disposable {
  return vscode.commands.registerCommand(openPlace, (place: string) =>
    vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(place)),
  );
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
