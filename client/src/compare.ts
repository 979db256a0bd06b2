import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient/node';
import { Page } from './page.js';

const openRollback = 'meshwright.openRollback';

interface Names {
  readonly base: { readonly name: string; readonly revision: string } | undefined;
  readonly others: readonly string[];
}

interface Comparison {
  readonly markdown: string;
  readonly count: number;
  readonly restore: string;
  readonly remove: string;
}

interface Problem {
  readonly problem: string;
}

interface Choice {
  readonly revision: string;
  readonly name: string;
}

/** The page that tells what is dangerous on the way from a revision to what is there now, and the manifests that lead back. */
export class Comparisons implements vscode.Disposable {
  readonly #client: Pick<BaseLanguageClient, 'sendRequest'>;
  readonly #commands: vscode.Disposable;
  readonly #page = new Page('meshwright.compare', [openRollback]);
  #latest: Comparison | undefined;

  constructor(client: Pick<BaseLanguageClient, 'sendRequest'>) {
    this.#client = client;
    this.#commands = vscode.Disposable.from(
      vscode.commands.registerCommand('meshwright.compareWithRevision', (revision?: string) =>
        this.#compare(typeof revision === 'string' ? { revision, name: revision } : undefined),
      ),
      vscode.commands.registerCommand(openRollback, (part: string) => this.#open(part)),
    );
  }

  /** The Markdown of the page that is shown. */
  get shown(): string | undefined {
    return this.#page.shown;
  }

  dispose(): void {
    this.#commands.dispose();
    this.#page.dispose();
  }

  async #compare(named: Choice | undefined): Promise<void> {
    const choice = named ?? (await this.#choose());
    if (choice === undefined) return;
    const compared = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Meshwright: comparing with ${choice.name}` },
      () => this.#client.sendRequest<Comparison | Problem>('meshwright/compare', choice),
    );
    if ('problem' in compared) {
      refuse(compared);
      return;
    }
    this.#latest = compared;
    await this.#page.show(`Since ${choice.name}`, `${compared.markdown}${rollback(compared)}`);
  }

  async #choose(): Promise<Choice | undefined> {
    const names = await this.#client.sendRequest<Names | Problem>('meshwright/revisions');
    if ('problem' in names) {
      refuse(names);
      return undefined;
    }
    const { base, others } = names;
    const items: (vscode.QuickPickItem & Choice)[] = [
      ...(base === undefined ? [] : [{ label: `Where this branch left ${base.name}`, description: base.revision.slice(0, 8), ...base }]),
      { label: 'HEAD', description: 'what was committed last', revision: 'HEAD', name: 'HEAD' },
      ...others.map((it) => ({ label: it, revision: it, name: it })),
    ];
    const picker = vscode.window.createQuickPick<vscode.QuickPickItem & Choice>();
    picker.placeholder = 'Branch, tag or commit to compare with';
    picker.items = items;
    // Any commit may be typed.
    picker.onDidChangeValue((typed) => {
      const isListed = typed === '' || items.some((it) => it.label.includes(typed));
      picker.items = isListed ? items : [{ label: typed, revision: typed, name: typed }, ...items];
    });
    return new Promise((resolve) => {
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        resolve(chosen && { revision: chosen.revision, name: chosen.name });
        picker.hide();
      });
      picker.onDidHide(() => {
        resolve(undefined);
        picker.dispose();
      });
      picker.show();
    });
  }

  async #open(part: string): Promise<void> {
    const content = part === 'remove' ? this.#latest?.remove : this.#latest?.restore;
    if (content === undefined || content === '') return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'yaml', content }));
  }
}

function refuse({ problem }: Problem): void {
  void vscode.window.showErrorMessage(`Meshwright cannot compare: it ${problem}.`);
}

/** Links to what leads back. */
function rollback({ restore, remove }: Comparison): string {
  const link = (text: string, part: string): string => `[${text}](command:${openRollback}?${encodeURIComponent(JSON.stringify([part]))})`;
  const links = [
    ...(restore === '' ? [] : [link('manifests to apply', 'restore')]),
    ...(remove === '' ? [] : [link('resources to delete', 'remove')]),
  ];
  return links.length === 0 ? '' : `\n---\n\nThe way back: ${links.join(' and ')}.\n`;
}
