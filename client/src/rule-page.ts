import * as vscode from 'vscode';

const command = 'meshwright.openRulePage';

/** Registers the command that shows the page of a rule: of the one named, else of one that the user picks. */
export function registerRulePages({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const pages = vscode.Uri.joinPath(extensionUri, 'docs', 'rules');
  return vscode.commands.registerCommand(command, async (named?: unknown) => {
    const rule =
      typeof named === 'string' ? named : await vscode.window.showQuickPick(rulesIn(pages), { placeHolder: 'Rule', matchOnDetail: true });
    if (rule !== undefined) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(pages, `${rule}.md`));
  });
}

/** Ids of the rules that have a page: folder and file of it. */
async function rulesIn(pages: vscode.Uri): Promise<string[]> {
  const folders = (await vscode.workspace.fs.readDirectory(pages)).filter(([, type]) => type === vscode.FileType.Directory);
  const rules = folders.map(async ([folder]) => {
    const files = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(pages, folder));
    return files.flatMap(([file]) => (file.endsWith('.md') ? [`${folder}/${file.slice(0, -'.md'.length)}`] : []));
  });
  return (await Promise.all(rules)).flat();
}

/** The link beside a message shows the page as it is meant to be read, and not its source. */
export function linkToPage(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const { code } = diagnostic;
  if (typeof code === 'object' && code.target.scheme === 'file') {
    diagnostic.code = {
      value: code.value,
      target: vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([code.value]))}`),
    };
  }
  return diagnostic;
}
