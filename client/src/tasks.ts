import path from 'node:path';
import * as vscode from 'vscode';

const TYPE = 'meshwright';

/** A task of tasks.json: `{ "type": "meshwright", "paths": ["deploy"] }`. */
interface CheckDefinition extends vscode.TaskDefinition {
  readonly paths?: readonly string[];
  readonly arguments?: readonly string[];
}

/** "Tasks: Run Task" checks a folder with the CLI that comes with the extension; findings land in the Problems view. */
export function registerTasks(context: vscode.ExtensionContext): vscode.Disposable {
  const program = context.asAbsolutePath(path.join('dist', 'cli.js'));
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: () => (vscode.workspace.workspaceFolders ?? []).map((folder) => taskOf({ type: TYPE }, folder, program)),
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
      return folder && taskOf(definition as CheckDefinition, folder, program);
    },
  });
}

function taskOf(definition: CheckDefinition, folder: vscode.WorkspaceFolder, program: string): vscode.Task {
  const words = ['check', '--color', 'never', ...(definition.arguments ?? []), ...(definition.paths ?? ['.'])];
  // The editor itself is the Node that is sure to be there.
  const execution = new vscode.ProcessExecution(process.execPath, [program, ...words], {
    cwd: folder.uri.fsPath,
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  const task = new vscode.Task(definition, folder, 'check', TYPE, execution, ['$meshwright']);
  task.group = vscode.TaskGroup.Test;
  return task;
}
