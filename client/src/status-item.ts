import * as vscode from 'vscode';

/** What the server says of itself by `meshwright/status`. An empty text: nothing to show. */
export interface ServerStatus {
  readonly text: string;
  readonly detail?: string;
  readonly severity?: 'info' | 'warning' | 'error';
  readonly busy?: boolean;
}

/** Our one entry in VS Code's `{}` menu. It appears with the first thing there is to say. */
export class StatusItem implements vscode.Disposable {
  #item: vscode.LanguageStatusItem | undefined;
  #pending: ServerStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shownAt = 0;

  constructor(private readonly selector: vscode.DocumentSelector) {}

  get text(): string | undefined {
    return this.#item?.text;
  }

  /** VS Code moves the item whenever its text changes, so it changes once a second at most. */
  show(status: ServerStatus): void {
    this.#pending = status;
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#shownAt + 1000 - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending !== undefined) this.#draw(this.#pending);
    }, wait);
  }

  stopped(why: string): void {
    this.clear();
    this.#draw({ text: 'stopped', detail: why, severity: 'error' }, { title: 'Restart', command: 'meshwright.restartServer' });
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = undefined;
    this.#item?.dispose();
    this.#item = undefined;
  }

  dispose(): void {
    this.clear();
  }

  #draw(status: ServerStatus, command: vscode.Command = { title: 'Show Output', command: 'meshwright.showOutput' }): void {
    this.#shownAt = Date.now();
    if (status.text === '') {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    this.#item ??= vscode.languages.createLanguageStatusItem('meshwright.status', this.selector);
    const item = this.#item;
    item.name = 'Meshwright';
    item.text = `Meshwright: ${status.text}`;
    if (status.detail === undefined) delete item.detail;
    else item.detail = status.detail;
    item.severity = severities[status.severity ?? 'info'];
    item.busy = status.busy ?? false;
    item.command = command;
    item.accessibilityInformation = { label: [`Meshwright: ${status.text}`, status.detail ?? ''].filter((it) => it !== '').join(', ') };
  }
}

const severities = {
  info: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};
