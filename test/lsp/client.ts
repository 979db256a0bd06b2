import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';

const server = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

/** A folder with files, gone after the test. */
export class TemporaryFolder {
  readonly path = realpathSync(mkdtempSync(path.join(tmpdir(), 'meshwright-')));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  get uri(): string {
    return pathToFileURL(this.path).href;
  }

  uriOf(name: string): string {
    return pathToFileURL(path.join(this.path, name)).href;
  }

  write(name: string, text: string): void {
    const file = path.join(this.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(name: string): void {
    rmSync(path.join(this.path, name), { recursive: true, force: true });
  }

  delete(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface ServerStatus {
  readonly text: string;
  readonly detail?: string;
  readonly severity: string;
  readonly busy: boolean;
}

export interface ClientOptions {
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Variables of the server's environment, besides those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Answer to `workspace/configuration`. */
  readonly configuration?: unknown;
}

/** What an editor that can do everything says of itself. */
export const FULL: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    configuration: false,
    didChangeConfiguration: { dynamicRegistration: false },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: false } },
  },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      tagSupport: { valueSet: [1, 2] },
      codeDescriptionSupport: true,
      dataSupport: true,
    },
    definition: { linkSupport: true },
    hover: { contentFormat: ['markdown'] },
    rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } },
    completion: { completionItem: { snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true } },
  },
};

/** A client of the built server, over stdio: what it is told is kept, and can be waited for. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly #process: ChildProcess;
  readonly #exited: Promise<number | null>;
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly statuses: ServerStatus[] = [];
  readonly log: string[] = [];
  readonly progress: { readonly kind: string; readonly message?: string }[] = [];
  readonly publications: PublishDiagnosticsParams[] = [];
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  #wake: (() => void)[] = [];
  initializeResult!: InitializeResult;

  private constructor(configuration: unknown, env: Readonly<Record<string, string>>) {
    this.#process = spawn(process.execPath, [server, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    this.#exited = new Promise((resolve) => this.#process.on('exit', (code) => resolve(code)));
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout!),
      new StreamMessageWriter(this.#process.stdin!),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.publications.push(params);
      this.#published.set(params.uri, params);
      this.#changed();
    });
    this.connection.onNotification('meshwright/status', (status: ServerStatus) => {
      this.statuses.push(status);
      this.#changed();
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
      this.#changed();
    });
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onNotification('$/progress', ({ value }: { value: { kind: string; message?: string } }) => {
      this.progress.push(value);
      this.#changed();
    });
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
      items.map(() => configuration ?? null),
    );
    this.connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.connection.listen();
  }

  static async start({
    folders,
    capabilities = FULL,
    initializationOptions = { diagnostics: 'push' },
    configuration,
    env = {},
  }: ClientOptions): Promise<TestClient> {
    const client = new TestClient(configuration, env);
    client.initializeResult = await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folders[0] ?? null,
      workspaceFolders: folders.map((uri) => ({ uri, name: path.basename(uri) })),
      capabilities,
      initializationOptions,
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  /** Waits until something that the server tells makes a condition hold. */
  async until<T>(what: string, holds: () => T | undefined | false): Promise<T> {
    const end = Date.now() + 20_000;
    for (;;) {
      const value = holds();
      if (value !== undefined && value !== false) return value;
      const left = end - Date.now();
      if (left <= 0) throw new Error(`waited in vain until ${what}; log: ${this.log.join(' | ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The first scan is over. */
  async ready(): Promise<void> {
    await this.until('files are read', () => this.log.some((it) => it.startsWith('read ')));
  }

  async diagnostics(uri: string, holds: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    return this.until(
      `diagnostics of ${uri} are as wanted (now ${JSON.stringify(this.#published.get(uri)?.diagnostics.map((it) => [it.code, it.message]))})`,
      () => {
        const told = this.#published.get(uri);
        return told && holds(told.diagnostics) ? told.diagnostics : undefined;
      },
    );
  }

  published(uri: string): PublishDiagnosticsParams | undefined {
    return this.#published.get(uri);
  }

  async open(uri: string, text: string, languageId = 'yaml'): Promise<void> {
    this.#versions.set(uri, 1);
    this.#texts.set(uri, text);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces the first place where a text stands, as an incremental change. */
  async replace(uri: string, what: string, by: string): Promise<void> {
    const text = this.#texts.get(uri)!;
    const at = text.indexOf(what);
    if (at < 0) throw new Error(`"${what}" is not in ${uri}`);
    const version = this.#versions.get(uri)! + 1;
    this.#versions.set(uri, version);
    this.#texts.set(uri, text.slice(0, at) + by + text.slice(at + what.length));
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: positionIn(text, at), end: positionIn(text, at + what.length) }, text: by }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Sends a request about the place of a text in an open file, `shift` characters into it. */
  async at<R>(method: string, uri: string, what: string, shift = 0, more: object = {}): Promise<R> {
    const text = this.#texts.get(uri)!;
    const at = text.indexOf(what);
    if (at < 0) throw new Error(`"${what}" is not in ${uri}`);
    return this.connection.sendRequest(method, { textDocument: { uri }, position: positionIn(text, at + shift), ...more });
  }

  request<R>(method: string, params: object): Promise<R> {
    return this.connection.sendRequest(method, params);
  }

  textOf(uri: string): string {
    return this.#texts.get(uri)!;
  }

  /** Says goodbye; gives the exit code. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await this.#exited;
    this.connection.dispose();
    return code;
  }

  #changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before[before.length - 1]!.length };
}

/** Applies LSP edits to a text. */
export function applyLspEdits(text: string, edits: readonly { range: { start: Position; end: Position }; newText: string }[]): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, character }: Position): number => lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offsetOf(b.range.start) - offsetOf(a.range.start))
    .reduce((result, edit) => result.slice(0, offsetOf(edit.range.start)) + edit.newText + result.slice(offsetOf(edit.range.end)), text);
}
