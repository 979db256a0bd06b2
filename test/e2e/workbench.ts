import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Locator, type Page } from 'playwright-core';

/** A page of VS Code, and what a person does there. */
export class Workbench {
  readonly editor: Locator;
  readonly problems: Locator;
  readonly suggestions: Locator;
  readonly fixes: Locator;
  readonly hover: Locator;
  /** What hovers in the text, as opposed to what hovers over a button. */
  readonly contentHover: Locator;
  readonly renameBox: Locator;

  constructor(
    private readonly page: Page,
    private readonly folder: string,
  ) {
    this.editor = page.locator('.editor-group-container.active .monaco-editor').first();
    this.problems = page.locator('.markers-panel .monaco-list-row');
    this.suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    this.fixes = page.locator('.action-widget .monaco-list-row');
    this.hover = page.locator('.monaco-hover:visible');
    this.contentHover = page.locator('.monaco-resizable-hover:visible, .monaco-editor .monaco-hover:visible').first();
    this.renameBox = page.locator('.rename-box input');
  }

  /** The mark below a problem in the active editor. */
  mark(severity: 'error' | 'warning' | 'info'): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  /** A word of the active editor that has a color of its own, such as a YAML value. */
  word(text: string): Locator {
    return this.editor.locator('.view-line span', { hasText: new RegExp(`^${text}$`) }).last();
  }

  async isReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 });
  }

  /** Runs a command of the palette by its title. */
  async command(title: string): Promise<void> {
    const palette = this.page.locator('.quick-input-widget');
    await until(
      (timeout) => palette.waitFor({ state: 'hidden', timeout }),
      async () => {
        await this.page.keyboard.press('F1');
        await palette.locator('input[type=text]').fill(`>${title}`, { timeout: 4000 });
        // What was used lately comes first, so the right one may be any.
        await palette.locator('.monaco-list-row').getByText(title, { exact: true }).first().click({ timeout: 4000 });
      },
    );
    await this.leave();
  }

  /** Opens a file that the explorer shows. */
  async open(name: string): Promise<void> {
    await until(
      (timeout) => this.isOpen(name, timeout),
      () => this.explorer(name).dblclick({ timeout: 4000 }),
    );
    await this.leave();
  }

  /** Opens a file by its path, wherever it is. */
  async openPath(file: string): Promise<void> {
    const name = path.basename(file);
    const palette = this.page.locator('.quick-input-widget');
    await until(
      (timeout) => this.isOpen(name, timeout),
      async () => {
        await this.page.keyboard.press('ControlOrMeta+P');
        await palette.locator('input[type=text]').fill(file, { timeout: 4000 });
        await palette.locator('.monaco-list-row', { hasText: name }).first().click({ timeout: 4000 });
      },
    );
    await this.leave();
  }

  /** Puts the cursor before a text and shows what hovers there, as Ctrl+K Ctrl+I does. Returns its text. */
  async hoverAt(file: string, line: string, text: string, inside = text): Promise<string> {
    const place = this.placeOf(file, line, text);
    // Read at once: what is told of the file anew may close a hover again.
    return until(
      (timeout) => this.contentHover.innerText({ timeout }),
      async () => {
        await this.page.keyboard.press('Escape');
        await this.goToPlace(place.line, place.column + text.indexOf(inside) + 1);
        await this.page.keyboard.press('ControlOrMeta+K');
        await this.page.keyboard.press('ControlOrMeta+I');
      },
    );
  }

  /** Waits until a file is shown and has the focus. */
  async isOpen(name: string, timeout: number): Promise<void> {
    await this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`).waitFor({ timeout });
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor({ timeout });
  }

  /** Shows in the Problems panel only what holds a text or lies in files of a glob. */
  async filterProblems(text: string): Promise<void> {
    await this.page.getByPlaceholder(/^Filter \(e\.g\. text/).fill(text);
  }

  /** A file in the explorer, with the number of its problems. */
  explorer(name: string): Locator {
    return this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`);
  }

  /** Puts the cursor before the first `text` on the first line that holds `line`. Lines are those on disk: save before. */
  async goTo(file: string, line: string, text: string): Promise<void> {
    const place = this.placeOf(file, line, text);
    await this.goToPlace(place.line, place.column);
  }

  /** 1-based, as VS Code shows it. */
  placeOf(file: string, line: string, text: string): { readonly line: number; readonly column: number } {
    const lines = this.read(file).split('\n');
    const index = lines.findIndex((it) => it.includes(line));
    const column = lines[index]?.indexOf(text) ?? -1;
    if (column < 0) throw new Error(`no ${JSON.stringify(text)} on a line with ${JSON.stringify(line)} in ${file}`);
    return { line: index + 1, column: column + 1 };
  }

  async goToPlace(line: number, column: number): Promise<void> {
    await until(
      (timeout) => this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor({ timeout }),
      async () => {
        await this.page.keyboard.press('Control+G');
        await this.page.locator('.quick-input-widget input[type=text]').fill(`:${line}:${column}`, { timeout: 4000 });
        await this.page.keyboard.press('Enter');
      },
    );
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Text of the active editor, as far as it is in view. */
  async text(): Promise<string> {
    const text = await this.editor.locator('.view-lines').innerText();
    return text.replaceAll('\u00a0', ' ');
  }

  /** Saves, and waits for the file on disk: the mark of an unsaved file says nothing about it. */
  async save(file: string, becomes: RegExp): Promise<void> {
    await until(
      (timeout) => this.onDisk(file, becomes, timeout),
      () => this.page.keyboard.press('ControlOrMeta+S'),
    );
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  async onDisk(file: string, pattern: RegExp, timeout = 4000): Promise<void> {
    for (const end = Date.now() + timeout; Date.now() < end;) {
      if (pattern.test(this.read(file))) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`${file} does not come to match ${pattern}:\n${this.read(file)}`);
  }

  read(file: string): string {
    const absolute = path.join(this.folder, file);
    return existsSync(absolute) ? readFileSync(absolute, 'utf8') : '';
  }

  /** Takes the pointer away, and with it what hovers. */
  async leave(): Promise<void> {
    // What the keyboard showed in the text stays where the pointer never was there: only Escape takes it away.
    await until(
      (timeout) => this.hover.first().waitFor({ state: 'hidden', timeout }),
      async () => {
        await this.page.mouse.move(2, 380);
        await this.page.mouse.move(2, 400, { steps: 4 });
        if (await this.contentHover.isVisible()) await this.page.keyboard.press('Escape');
      },
    );
  }
}

/** Acts again until the proof holds: one key press may get lost while the workbench is busy. */
export async function until<T>(proof: (timeout: number) => Promise<T>, act: () => Promise<unknown>, tries = 5): Promise<T> {
  let last: unknown;
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      await act();
      return await proof(4000);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
