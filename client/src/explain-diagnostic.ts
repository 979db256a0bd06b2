import * as vscode from 'vscode';
import type { BaseLanguageClient, Range } from 'vscode-languageclient/node';
import { Page } from './page.js';

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
  readonly #command: vscode.Disposable;
  readonly #page = new Page('meshwright.explain');

  constructor(client: Pick<BaseLanguageClient, 'sendRequest' | 'code2ProtocolConverter'>) {
    this.#client = client;
    // Of the one that a code action names, else of the worst at the cursor.
    this.#command = vscode.commands.registerCommand('meshwright.explainDiagnostic', (named?: ExplainParams) =>
      this.#explain(named ?? this.#atCursor()),
    );
  }

  /** The Markdown of the page that is shown. */
  get shown(): string | undefined {
    return this.#page.shown;
  }

  dispose(): void {
    this.#command.dispose();
    this.#page.dispose();
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
    await this.#page.show(`Explain ${told.title}`, told.markdown);
  }
}
