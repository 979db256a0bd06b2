import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  WatchKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkDoneProgressServerReporter,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createHost } from '../analysis/analyze.js';
import { baselineOf } from '../analysis/baseline.js';
import { findingsIn, snapshotOf } from '../analysis/workspace.js';
import type { FileChange } from '../analysis/state.js';
import type { Settings } from '../index/settings.js';
import { settingIn } from '../index/settings.js';
import { withSetting } from '../features/settings-edit.js';
import { SETTINGS_FILE } from '../features/settings-file.js';
import { BASELINE_FILE } from '../rules/baseline.js';
import { folderOf, normalizeUri } from '../text/uri.js';
import { Charts, rendersCharts } from './charts.js';
import { APPLY_EDIT } from './completion.js';
import { FIX_ALL } from './code-actions.js';
import { registerComparing } from './compare.js';
import { registerFeatures } from './handlers.js';
import { Publisher } from './publisher.js';
import type { FolderSettings, HostPorts } from './ports.js';
import { Scheduler } from './scheduler.js';
import { statusOf, type Status } from './status.js';
import { folderUri, Workspace, type Progress } from './workspace.js';

/** Serves one client until it says goodbye. */
export function startServer(connection: Connection, ports: HostPorts): void {
  let capabilities: ClientCapabilities = {};
  let clientSettings: Settings = {};
  let filesExclude: readonly string[] = [];
  let folders: readonly string[] = [];
  let isOurClient = false;
  /** Programs run for a workspace that somebody trusts only. */
  let isTrusted = false;
  let settingsProblems: FolderSettings['problems'] = [];
  let reading: { readonly done: number; readonly total: number } | undefined = { done: 0, total: 0 };
  let lastStatus: string | undefined;
  let active: string | undefined;

  const open = new Map<string, TextDocument>();
  /** Spellings of URIs that the client has used. */
  const spellings = new Map<string, string>();
  const clientUri = (uri: string): string => spellings.get(uri) ?? uri;
  const hear = (uri: string): string => {
    const own = normalizeUri(uri);
    if (own !== uri) spellings.set(own, uri);
    return own;
  };
  const isOpen = (uri: string): boolean => open.has(uri);

  const host = createHost({
    schemas: ports.schemas,
    ...(ports.isOnDisk && { isOnDisk: ports.isOnDisk }),
    endOfLink: ports.endOfLink,
    onFailure: (what, where, error) => connection.console.error(`${what} failed on ${where}; the others ran\n${stackOf(error)}`),
  });
  const workspace = new Workspace({
    ports,
    isOpen,
    isKnown: (uri) => {
      scheduler.flush();
      return host.file(uri) !== undefined;
    },
    known: () => {
      scheduler.flush();
      return [...host.files()].map((it) => it.uri);
    },
    apply: (changes) => apply(changes),
    onSettings: (settings, problems) => {
      host.setSettings(settings);
      settingsProblems = problems;
      for (const { uri, line, message } of problems) {
        connection.console.warn(`${workspace.displayPath(uri)}${line === undefined ? '' : ` line ${line + 1}`}: ${message}`);
      }
      publisher.setScope(settingIn(settings, 'diagnostics', 'scope') === 'openFiles' ? 'openFiles' : 'workspace');
      scheduler.handle({ type: 'touched', uris: [...host.files()].map((it) => it.uri) });
      charts.settled();
      tellStatus();
    },
    onScanning: () => {
      reading = { done: 0, total: 0 };
      host.beginReading();
      scheduler.handle({ type: 'not-ready' });
    },
    onScanned: ({ files, milliseconds }) => {
      reading = undefined;
      scheduler.flush();
      host.endReading();
      connection.console.info(
        `read ${count(files, 'file')} in ${(milliseconds / 1000).toFixed(1)} s: ${count(host.resourceCount, 'resource')}, ${count(host.plan.scopes.length, 'scope')}`,
      );
      scheduler.handle({ type: 'ready' });
      tellStatus();
    },
    onManyChanged: (isBegin) => {
      scheduler.flush();
      if (isBegin) host.beginReading();
      else if (reading === undefined) host.endReading();
    },
    progress: () => beginProgress(),
    warn: (message) => connection.console.warn(message),
  });
  const snapshot = snapshotOf(host, ports.schemas, (uri) => workspace.displayPath(uri));
  const publisher = new Publisher({
    snapshot,
    names: { clientUri, rulePage: ports.rulePage },
    isOpen,
    versionOf: (uri) => open.get(uri)?.version,
    findings: (uri) => findingsIn(host, uri, scheduler.hasIndex ? 'all' : 'own'),
    send: (params) => void connection.sendDiagnostics(params),
    onFailure: (uri, error) => connection.console.error(`checking ${workspace.displayPath(uri)} failed\n${stackOf(error)}`),
  });
  const scheduler = new Scheduler({
    host,
    defer: ports.defer,
    later: ports.later,
    now: ports.now,
    isOpen,
    report: (uri) => publisher.report(uri),
    onFailure: (what, error) => connection.console.error(`${what} failed\n${stackOf(error)}`),
    onSettled: () => {
      tellStatus();
      charts.settled();
      refreshHints();
      if (publisher.takeUnseen() && capabilities.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
    },
  });

  const charts = new Charts({
    host,
    render: ports.renderChart,
    isOn: () => isTrusted && rendersCharts(workspace.settings),
    displayPath: (uri) => workspace.displayPath(uri),
    onRendered: () => scheduler.handle({ type: 'touched', uris: [] }),
    warn: (message) => connection.console.warn(message),
  });

  /** What lenses and hints say depends on all files: a client that shows some asks again once an edit is worked in. */
  const refreshHints = (): void => {
    if (open.size === 0) return;
    if (capabilities.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (capabilities.workspace?.inlayHint?.refreshSupport) void connection.languages.inlayHint.refresh();
  };

  const apply = (changes: readonly FileChange[]): void => {
    scheduler.handle({ type: 'changed', changes });
    for (const { uri } of changes) scheduler.handle({ type: 'touched', uris: publisher.mentioning(uri) });
  };

  const tellStatus = (): void => {
    const status: Status = statusOf({
      host,
      reading,
      settingsProblems,
      settings: workspace.settings,
      displayPath: (uri) => workspace.displayPath(uri),
      active,
    });
    const text = JSON.stringify(status);
    if (text === lastStatus) return;
    lastStatus = text;
    void connection.sendNotification('meshwright/status', status);
  };

  /** Reading does not wait for the client's leave to tell of it. */
  const beginProgress = (): Progress => {
    const reporter = capabilities.window?.workDoneProgress ? connection.window.createWorkDoneProgress() : undefined;
    const tell = (act: (to: WorkDoneProgressServerReporter) => void): void => void reporter?.then(act, () => undefined);
    tell((to) => to.begin('Meshwright', undefined, 'reading manifests', false));
    let told = ports.now();
    return {
      report: (done, total) => {
        reading = { done, total };
        if (done < total && ports.now() - told < 200) return;
        told = ports.now();
        const percent = total === 0 ? 100 : Math.round((done / total) * 100);
        tell((to) => to.report(percent, `reading manifests, ${number(done)} of ${number(total)} files`));
        tellStatus();
      },
      done: () => tell((to) => to.done()),
    };
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    capabilities = params.capabilities;
    const options = asTree(params.initializationOptions);
    isOurClient = options['diagnostics'] === 'push';
    isTrusted = options['trusted'] === true;
    clientSettings = asTree(options['settings']);
    filesExclude = globsOf(options['filesExclude']);
    const root = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : []);
    folders = root.map((it) => folderUri(normalizeUri(it.uri)));
    const pulls = !isOurClient && capabilities.textDocument?.diagnostic !== undefined;
    publisher.start({ mode: pulls ? 'pull' : 'push', capabilities });
    const dynamicActions = capabilities.textDocument?.codeAction?.codeActionLiteralSupport !== undefined;
    return {
      serverInfo: { name: 'Meshwright', version: ports.version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: { resolveProvider: true, triggerCharacters: [':', ' ', '-', '/', '.', '"'] },
        executeCommandProvider: { commands: [APPLY_EDIT] },
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        documentSymbolProvider: { label: 'Meshwright' },
        workspaceSymbolProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        codeLensProvider: { resolveProvider: false },
        inlayHintProvider: true,
        renameProvider: capabilities.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
        codeActionProvider: dynamicActions
          ? { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL] }
          : false,
        ...(pulls ? { diagnosticProvider: { identifier: 'meshwright', interFileDependencies: true, workspaceDiagnostics: true } } : {}),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((it) => folderUri(normalizeUri(it.uri))));
        const kept = folders.filter((it) => !gone.has(it));
        folders = [...new Set([...kept, ...added.map((it) => folderUri(normalizeUri(it.uri)))])];
        settle(workspace.setFolders(folders));
      });
    }
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration && !isOurClient) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'meshwright' });
    }
    // Our own client watches by itself.
    if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration && !isOurClient) {
      const kind = WatchKind.Create | WatchKind.Change | WatchKind.Delete;
      const patterns = ['**/*.{yaml,yml,json,tpl}', `**/${SETTINGS_FILE}`, '**/.{gitignore,helmignore}'];
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: patterns.map((globPattern) => ({ globPattern, kind })),
      });
    }
    settle(workspace.start(folders, clientSettings, filesExclude));
    // A client that said nothing of settings may want to be asked; reading does not wait for its answer.
    if (!isOurClient && Object.keys(clientSettings).length === 0 && capabilities.workspace?.configuration) settle(reconfigure(undefined));
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const uri = hear(textDocument.uri);
    open.set(uri, TextDocument.create(uri, textDocument.languageId, textDocument.version, textDocument.text));
    changed(uri);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const uri = hear(textDocument.uri);
    const document = open.get(uri);
    if (!document) return;
    open.set(uri, TextDocument.update(document, contentChanges, textDocument.version));
    changed(uri);
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    const uri = hear(textDocument.uri);
    const document = open.get(uri);
    open.delete(uri);
    // Until it is read again from disk, what the editor said last is the best we know.
    if (document) apply([{ uri, text: document.getText(), open: false }]);
    workspace.closed(uri);
  });
  const changed = (uri: string): void => {
    const document = open.get(uri)!;
    publisher.edited(uri);
    apply([{ uri, text: document.getText(), version: document.version, open: true }]);
  };

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = [...new Set(changes.map((it) => normalizeUri(it.uri)))];
    charts.filesChanged(uris);
    settle(workspace.filesChanged(uris));
  });
  connection.onNotification('meshwright/trusted', () => {
    isTrusted = true;
    charts.settled();
  });
  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => settle(reconfigure(settings)));

  /** Some clients send the settings along, others want to be asked. */
  const reconfigure = async (sent: unknown): Promise<void> => {
    const tree = asTree(sent);
    if ('meshwright' in tree) clientSettings = asTree(tree['meshwright']);
    else if (capabilities.workspace?.configuration) clientSettings = asTree(await connection.workspace.getConfiguration('meshwright'));
    const exclude = asTree(tree['files'])['exclude'];
    if (exclude !== undefined) filesExclude = globsOf(exclude);
    await workspace.setClientSettings(clientSettings, filesExclude);
  };

  const settle = (work: Promise<void>): void => {
    work.catch((error: unknown) => connection.console.error(`reading the workspace failed\n${stackOf(error)}`));
  };

  registerFeatures({
    connection,
    snapshot,
    capabilities: () => capabilities,
    isOurClient: () => isOurClient,
    names: { clientUri, rulePage: ports.rulePage },
    hear,
    current: () => scheduler.flush(),
    catchUp: () => scheduler.catchUp(),
    settled: () => scheduler.settled(),
    turn: () => new Promise((resolve) => ports.defer(resolve)),
    versionOf: (uri) => open.get(uri)?.version,
    findings: (uri) => findingsIn(host, uri, scheduler.hasIndex ? 'all' : 'own'),
    settings: () => workspace.settings,
    isAwake: () => host.modules.some((it) => it.id !== 'kubernetes' && host.hasSystem(it.id)),
    publisher,
  });

  registerComparing({
    connection,
    ports,
    host,
    snapshot,
    folders: () => folders,
    isTrusted: () => isTrusted,
    exclude: () => workspace.exclude,
    settled: () => scheduler.settled(),
    clientUri,
  });

  connection.onRequest('meshwright/createBaseline', async () => {
    // A baseline of half a workspace would let the other half fail.
    await scheduler.settled();
    return newBaseline();
  });

  /** Files to write: everything found now as known, and a settings file that says so. */
  const newBaseline = (): { files: readonly { uri: string; text: string }[]; count: number; shown: string } | null => {
    const folder = workspace.settings['settingsFolder'];
    if (typeof folder !== 'string') return null;
    // Where settings name one, the host knows where it lies.
    const named = workspace.settings['baselineFile'];
    const uri = typeof named === 'string' ? named : `${folder}/${BASELINE_FILE}`;
    const { text, count: findings } = baselineOf(host, folderOf(uri));
    const files = [{ uri: clientUri(uri), text }];
    if (uri !== named) {
      const settingsFile = `${folder}/${SETTINGS_FILE}`;
      files.push({ uri: clientUri(settingsFile), text: withSetting(host.file(settingsFile)?.text ?? '', ['baseline'], BASELINE_FILE) });
    }
    return { files, count: findings, shown: workspace.displayPath(uri) };
  };

  connection.onNotification('meshwright/active', ({ uri }: { uri: string | undefined }) => {
    active = typeof uri === 'string' ? hear(uri) : undefined;
    scheduler.flush();
    tellStatus();
  });

  connection.onShutdown(() => ports.onShutdown?.());
  connection.listen();
  connection.console.info(`${ports.version} is running`);
}

function asTree(value: unknown): Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : {};
}

/** VS Code's `files.exclude`: globs that are switched on. A `when` clause looks at other files and is left alone. */
function globsOf(value: unknown): readonly string[] {
  return Object.entries(asTree(value)).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function count(n: number, what: string): string {
  return `${number(n)} ${what}${n === 1 ? '' : 's'}`;
}

function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
