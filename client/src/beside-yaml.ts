import * as vscode from 'vscode';
import { hasSchemaElsewhere, isOfSchema, isShownElsewhere, type SchemaValidation } from './shown-elsewhere.js';

const yamlExtension = 'redhat.vscode-yaml';

/**
 * Keeps the YAML extension and us from saying the same thing twice: stands between what the server sends and what VS Code shows, and looks
 * again whenever the other side changes. The server knows nothing of it.
 */
export class BesideYaml implements vscode.Disposable {
  /** Last set received for a file, as long as some of it may be withheld. */
  readonly #received = new Map<string, Received>();
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    const again = (): void => [...this.#received.values()].forEach((it) => this.#show(it));
    this.#subscriptions = [
      vscode.extensions.onDidChange(again),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        for (const uri of uris) {
          const received = this.#received.get(uri.toString());
          if (received !== undefined) this.#show(received);
        }
      }),
      vscode.workspace.onDidOpenTextDocument(again),
      vscode.workspace.onDidCloseTextDocument(again),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('meshwright.schemaValidation') || change.affectsConfiguration('yaml.validate')) again();
      }),
    ];
  }

  /** The client's middleware for diagnostics. */
  readonly handleDiagnostics = (
    uri: vscode.Uri,
    diagnostics: vscode.Diagnostic[],
    next: (uri: vscode.Uri, diagnostics: vscode.Diagnostic[]) => void,
  ): void => {
    const key = uri.toString();
    if (!diagnostics.some((it) => isGeneral(it))) {
      this.#received.delete(key);
      next(uri, diagnostics);
      return;
    }
    const received: Received = { uri, diagnostics, next, shown: undefined };
    this.#received.set(key, received);
    this.#show(received);
  };

  /** Whether hovers and completion are to leave out what a schema says, since the YAML extension says it of this file. */
  hasSchema(document: vscode.TextDocument, what: 'hover' | 'completion'): boolean {
    if (document.languageId !== 'yaml' || vscode.extensions.getExtension(yamlExtension)?.isActive !== true) return false;
    if (vscode.workspace.getConfiguration('meshwright', document).get<SchemaValidation>('schemaValidation', 'auto') === 'on') return false;
    const theirs = vscode.workspace.getConfiguration('yaml', document);
    if (!theirs.get(what, true)) return false;
    return hasSchemaElsewhere({
      text: document.getText(),
      path: document.uri.path,
      schemas: theirs.get('schemas', {}),
      disabled: theirs.get('disableSchemaDetection', []),
    });
  }

  /** Completion without what the YAML extension offers as well. */
  withoutSchema(found: vscode.CompletionItem[] | vscode.CompletionList | null | undefined): typeof found {
    const isOurs = (item: vscode.CompletionItem): boolean => !isOfSchema((item as { data?: unknown }).data);
    if (found === null || found === undefined) return found;
    return Array.isArray(found) ? found.filter(isOurs) : new vscode.CompletionList(found.items.filter(isOurs), found.isIncomplete);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#received.clear();
  }

  #show(received: Received): void {
    const { uri, diagnostics, next } = received;
    const configuration = vscode.workspace.getConfiguration('meshwright', uri);
    const isOpenYaml = vscode.workspace.textDocuments.some((it) => it.languageId === 'yaml' && it.uri.toString() === uri.toString());
    const isChecked =
      isOpenYaml &&
      vscode.extensions.getExtension(yamlExtension)?.isActive === true &&
      vscode.workspace.getConfiguration('yaml', uri).get('validate', true);
    const theirs = vscode.languages.getDiagnostics(uri).filter((it) => it.source?.startsWith('yaml-schema') === true);
    const beside = {
      mode: configuration.get<SchemaValidation>('schemaValidation', 'auto'),
      isSyntaxChecked: isChecked,
      schemaLines: new Set(theirs.map((it) => it.range.start.line)),
    };
    const shown = diagnostics.filter((it) => !isShownElsewhere(ruleOf(it), it.range.start.line, beside));
    // Our own change of diagnostics brings us here again.
    if (received.shown !== undefined && same(received.shown, shown)) return;
    received.shown = shown;
    next(uri, shown);
  }
}

interface Received {
  readonly uri: vscode.Uri;
  readonly diagnostics: readonly vscode.Diagnostic[];
  readonly next: (uri: vscode.Uri, diagnostics: vscode.Diagnostic[]) => void;
  shown: vscode.Diagnostic[] | undefined;
}

function isGeneral(diagnostic: vscode.Diagnostic): boolean {
  return /^(yaml|schema)\//.test(ruleOf(diagnostic));
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : (code ?? ''));
}

function same(one: readonly vscode.Diagnostic[], other: readonly vscode.Diagnostic[]): boolean {
  return one.length === other.length && one.every((it, index) => it === other[index]);
}
