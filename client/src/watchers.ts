import * as vscode from 'vscode';

const manifests = '*.yaml,*.yml,*.json';

/** Tells of files on disk that changed, for the client to pass on. Settings of `.meshwright.yaml` are among them. */
export function watchFiles(): vscode.FileSystemWatcher[] {
  return [
    vscode.workspace.createFileSystemWatcher(`**/{${manifests},*.tpl,.gitignore,.helmignore}`),
    // Of a folder that goes, VS Code tells this much and nothing of the files in it.
    vscode.workspace.createFileSystemWatcher('**', true, true, false),
  ];
}

/** Tells of manifests in a folder that came as a whole, moved or unpacked: VS Code tells of the folder alone. */
export function watchNewFolders(found: (files: readonly vscode.Uri[]) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**', false, true, true);
  const look = async (uri: vscode.Uri): Promise<void> => {
    if (/\.(ya?ml|json)$/.test(uri.path)) return;
    // It may be gone again by now.
    const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
    if (stat === undefined || (stat.type & vscode.FileType.Directory) === 0) return;
    const files = await vscode.workspace.findFiles(new vscode.RelativePattern(uri, `**/{${manifests}}`));
    if (files.length > 0) found(files);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate((uri) => void look(uri)),
  );
}
