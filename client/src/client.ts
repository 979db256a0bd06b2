import * as vscode from 'vscode';
import {
  CloseAction,
  DidChangeWatchedFilesNotification,
  ErrorAction,
  FileChangeType,
  HoverRequest,
  LanguageClient,
  State,
  TransportKind,
  type FileEvent,
  type HoverParams,
  type LanguageClientOptions,
  type Location,
  type Position,
  type ServerOptions,
} from 'vscode-languageclient/node';
import { registerBaseline } from './baseline.js';
import { BesideYaml } from './beside-yaml.js';
import { Comparisons } from './compare.js';
import { Explanations } from './explain-diagnostic.js';
import { fixAllInFile } from './fix-all.js';
import { registerPlaces } from './page.js';
import { restartLimit } from './restart-limit.js';
import { linkToPage, registerRulePages } from './rule-page.js';
import { registerSnippets } from './snippets.js';
import { StatusItem, type ServerStatus } from './status-item.js';
import { watchFiles, watchNewFolders } from './watchers.js';

export interface RunningClient {
  readonly status: () => string | undefined;
  readonly explanation: () => string | undefined;
  readonly comparison: () => string | undefined;
  readonly stop: () => Promise<void>;
}

/** Languages whose files may hold manifests, and where such files may lie: never in `git:` and the like, which show old versions. */
const languages = ['yaml', 'helm', 'gotmpl', 'json'];
const schemes = ['file', 'untitled', 'vscode-vfs'];
export const documentSelector = languages.flatMap((language) => schemes.map((scheme) => ({ language, scheme })));

/** The server is given up when it ends this often within this time. */
const ends = { count: 3, minutes: 3 };

/** Starts the server and keeps it: commands, status item, restarts. */
export async function startClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<RunningClient> {
  const { version } = context.extension.packageJSON as { version: string };
  log.info(`${version}, VS Code ${vscode.version}`);

  const status = new StatusItem(documentSelector);
  const besideYaml = new BesideYaml();
  const fileEvents = watchFiles();
  const mayRestart = restartLimit(ends.count, ends.minutes * 60_000);
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector,
    outputChannel: log,
    initializationOptions: () => ({
      diagnostics: 'push',
      trusted: vscode.workspace.isTrusted,
      settings: vscode.workspace.getConfiguration('meshwright'),
      filesExclude: vscode.workspace.getConfiguration('files').get('exclude', {}),
    }),
    synchronize: { configurationSection: ['meshwright', 'files.exclude'], fileEvents },
    middleware: {
      handleDiagnostics: (uri, diagnostics, next) => besideYaml.handleDiagnostics(uri, diagnostics.map(linkToPage), next),
      provideCompletionItem: async (document, position, context, token, next) => {
        const found = await next(document, position, context, token);
        return besideYaml.hasSchema(document, 'completion') ? besideYaml.withoutSchema(found) : found;
      },
      provideHover: async (document, position, token, next) => {
        if (!besideYaml.hasSchema(document, 'hover')) return next(document, position, token);
        const at = client.code2ProtocolConverter.asTextDocumentPositionParams(document, position);
        const told = await client.sendRequest(HoverRequest.type, { ...at, withoutSchema: true } as HoverParams, token);
        return client.protocol2CodeConverter.asHover(told);
      },
    },
    markdown: { isTrusted: false, supportHtml: false },
    // Left to itself, the client would show a message of its own for each attempt.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (error, _message, count) => {
        log.error(`the connection to the server failed: ${error.message}`);
        // One broken message is passed over; a connection that only fails is given up.
        return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
      },
      closed: () => {
        if (mayRestart(Date.now())) {
          log.warn('the server ended and is started again');
          return { action: CloseAction.Restart, handled: true };
        }
        stopped();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = new QuietClient('meshwright', 'Meshwright', serverOptions, clientOptions);
  const explanations = new Explanations(client);
  const comparisons = new Comparisons(client);

  /** The status item speaks of the file in front. */
  const tellActive = (editor: vscode.TextEditor | undefined): void => {
    if (client.state !== State.Running) return;
    const isOurs = editor !== undefined && vscode.languages.match(documentSelector, editor.document) > 0;
    void client.sendNotification('meshwright/active', {
      uri: isOurs ? client.code2ProtocolConverter.asUri(editor.document.uri) : undefined,
    });
  };

  const restart = async (): Promise<void> => {
    status.clear();
    mayRestart.forget();
    if (client.state === State.Running) await client.restart();
    else await client.start();
  };
  const stopped = (): void => {
    const why = `the server ended ${ends.count} times in ${ends.minutes} minutes`;
    log.error(why);
    status.stopped(why);
    // The one message that comes unasked: nothing works from here on.
    void vscode.window.showErrorMessage(`Meshwright stopped: ${why}.`, 'Restart', 'Show Output').then((choice) => {
      if (choice === 'Restart') void vscode.commands.executeCommand('meshwright.restartServer');
      if (choice === 'Show Output') log.show();
    });
  };

  context.subscriptions.push(
    status,
    besideYaml,
    ...fileEvents,
    watchNewFolders((files) => {
      if (client.state !== State.Running) return;
      const changes: FileEvent[] = files.map((it) => ({ uri: client.code2ProtocolConverter.asUri(it), type: FileChangeType.Created }));
      void client.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    }),
    client.onNotification('meshwright/status', (told: ServerStatus) => status.show(told)),
    vscode.window.onDidChangeActiveTextEditor(tellActive),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (client.state === State.Running) void client.sendNotification('meshwright/trusted');
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) tellActive(vscode.window.activeTextEditor);
      void vscode.commands.executeCommand('setContext', 'meshwright.running', newState === State.Running);
    }),
    vscode.commands.registerCommand('meshwright.restartServer', restart),
    vscode.commands.registerCommand('meshwright.showOutput', () => log.show()),
    vscode.commands.registerCommand('meshwright.fixAllInFile', fixAllInFile),
    vscode.commands.registerCommand('meshwright.showReferences', (uri: string, position: Position, locations: Location[]) =>
      vscode.commands.executeCommand(
        'editor.action.showReferences',
        vscode.Uri.parse(uri),
        client.protocol2CodeConverter.asPosition(position),
        locations.map((it) => client.protocol2CodeConverter.asLocation(it)),
      ),
    ),
    registerRulePages(context),
    registerPlaces(),
    registerSnippets(context, documentSelector),
    explanations,
    comparisons,
    registerBaseline(client),
  );
  void vscode.commands.executeCommand('setContext', 'meshwright.started', true);
  // A server that does not start ends its connection: `closed` above says what follows.
  await client.start().catch((error: unknown) => log.error(`the server did not start: ${String(error)}`));
  return {
    status: () => status.text,
    explanation: () => explanations.shown,
    comparison: () => comparisons.shown,
    stop: () => client.stop(),
  };
}

/** What goes wrong between client and server is in the log; `stopped` above is the one thing that somebody has to know. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
