import * as vscode from 'vscode';
import { startClient, type RunningClient } from './client.js';
import { registerTasks } from './tasks.js';

let running: RunningClient | undefined;

/** What other extensions, and our own tests, may ask of an active Meshwright. */
export interface MeshwrightApi {
  /** The last state the server told, as the status item shows it. */
  readonly status: () => string | undefined;
  /** The page that *Explain This Diagnostic* shows, in Markdown. */
  readonly explanation: () => string | undefined;
  /** The page that *Compare with a Revision* shows, in Markdown. */
  readonly comparison: () => string | undefined;
}

export async function activate(context: vscode.ExtensionContext): Promise<MeshwrightApi> {
  const log = vscode.window.createOutputChannel('Meshwright', { log: true });
  context.subscriptions.push(log, registerTasks(context));
  const client = await startClient(context, log);
  running = client;
  return { status: client.status, explanation: client.explanation, comparison: client.comparison };
}

export async function deactivate(): Promise<void> {
  await running?.stop();
  running = undefined;
}
