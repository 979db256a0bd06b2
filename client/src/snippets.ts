import * as vscode from 'vscode';
import { beginsDocument } from './document-start.js';

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

/**
 * Offers snippets/*.json where a document begins, and nowhere else: each is a whole document, and snippets that an extension merely contributes are
 * offered within every value of every YAML file.
 */
export function registerSnippets(context: vscode.ExtensionContext, selector: vscode.DocumentSelector): vscode.Disposable {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'snippets');
  let read: Promise<vscode.CompletionItem[]> | undefined;
  return vscode.languages.registerCompletionItemProvider(selector, {
    async provideCompletionItems(document, position) {
      if (!beginsDocument(document.getText(new vscode.Range(new vscode.Position(0, 0), position)))) return undefined;
      return (read ??= readSnippets(folder));
    },
  });
}

async function readSnippets(folder: vscode.Uri): Promise<vscode.CompletionItem[]> {
  const files = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).filter((it) => it.endsWith('.json'));
  const texts = await Promise.all(files.sort().map((it) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, it))));
  return texts.flatMap((bytes) =>
    Object.entries(JSON.parse(new TextDecoder().decode(bytes)) as Record<string, Snippet>).flatMap(([title, snippet]) =>
      [snippet.prefix].flat().map((prefix) => itemOf(prefix, title, snippet)),
    ),
  );
}

function itemOf(prefix: string, title: string, { description, body }: Snippet): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label: prefix, description: title }, vscode.CompletionItemKind.Snippet);
  const text = body.join('\n');
  item.insertText = new vscode.SnippetString(text);
  item.detail = description;
  item.documentation = new vscode.MarkdownString().appendCodeblock(plain(text), 'yaml');
  // Behind what the server offers, which knows the workspace.
  item.sortText = `~${prefix}`;
  return item;
}

/** A snippet as it reads once it is in, with the first of its choices. */
function plain(snippet: string): string {
  return snippet.replaceAll(
    /\$\{\d+(?::([^}]*)|\|([^,|]*)[^}]*\|)?\}/g,
    (_, word: string | undefined, choice: string | undefined) => word ?? choice ?? '',
  );
}
