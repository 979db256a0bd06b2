import type { FileChange } from '../analysis/state.js';
import { mergeSettings, settingIn, type Settings } from '../index/settings.js';
import type { Json } from '../yaml/node.js';
import { SETTINGS_FILE } from '../features/settings-file.js';
import { isReadFirst } from '../sources/scopes.js';
import { baseName, folderOf } from '../text/uri.js';
import type { FileRead, FolderSettings, HostPorts } from './ports.js';

export interface Progress {
  report(done: number, total: number): void;
  done(): void;
}

export interface WorkspaceOptions {
  readonly ports: HostPorts;
  /** Whether an editor has the file open: then its text counts, not what is on disk. */
  readonly isOpen: (uri: string) => boolean;
  readonly isKnown: (uri: string) => boolean;
  /** URIs of the files that are known right now, of which there may be very many. */
  readonly known: () => Iterable<string>;
  readonly apply: (changes: readonly FileChange[]) => void;
  readonly onSettings: (settings: Settings, problems: FolderSettings['problems']) => void;
  readonly onScanning: () => void;
  readonly onScanned: (summary: ScanSummary) => void;
  /** Before and after very many files that changed on disk: another branch. */
  readonly onManyChanged: (isBegin: boolean) => void;
  readonly progress: () => Progress;
  readonly warn: (message: string) => void;
}

export interface ScanSummary {
  readonly files: number;
  readonly milliseconds: number;
}

/** Files applied at a time, so that requests are answered between batches. */
const BATCH = 16;

/** The folders of a workspace on disk: which files there are, what they hold, and which settings are in force. */
export class Workspace {
  readonly #options: WorkspaceOptions;
  #folders: readonly string[] = [];
  #clientSettings: Settings = {};
  #filesExclude: readonly string[] = [];
  #settings: Settings = {};
  #settingsText = '';
  #settingsTurn = 0;
  /** Grows with every scan; an older one sees that it is no longer wanted. */
  #generation = 0;
  readonly #changed = new Set<string>();
  #isReading = false;
  readonly #told = new Set<string>();

  constructor(options: WorkspaceOptions) {
    this.#options = options;
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** A file's path below its workspace folder, for people to read. */
  displayPath(uri: string): string {
    const folder = this.#folderOf(uri);
    const path = folder === undefined ? baseName(uri) : uri.slice(folder.length + 1);
    const shown = folder !== undefined && this.#folders.length > 1 ? `${baseName(folder)}/${path}` : path;
    try {
      return decodeURIComponent(shown);
    } catch {
      return shown;
    }
  }

  async start(folders: readonly string[], clientSettings: Settings, filesExclude: readonly string[]): Promise<void> {
    this.#folders = folders;
    this.#clientSettings = clientSettings;
    this.#filesExclude = filesExclude;
    await this.#loadSettings();
    await this.#scan();
  }

  async setFolders(folders: readonly string[]): Promise<void> {
    const gone = this.#folders.filter((it) => !folders.includes(it));
    this.#folders = folders;
    await this.#loadSettings();
    if (gone.length > 0) this.#forget((uri) => gone.some((it) => isBelow(it, uri)) && this.#folderOf(uri) === undefined);
    await this.#scan();
  }

  async setClientSettings(clientSettings: Settings, filesExclude: readonly string[]): Promise<void> {
    const before = this.#leftOut();
    this.#clientSettings = clientSettings;
    this.#filesExclude = filesExclude;
    await this.#loadSettings();
    if (before !== this.#leftOut()) await this.#scan();
  }

  /** The editor let go of a file: from now on the one on disk counts, if it is one of ours. */
  closed(uri: string): void {
    this.#later(uri);
  }

  /** Files that changed on disk, were created or deleted; a deleted folder stands for all it held. */
  async filesChanged(uris: readonly string[]): Promise<void> {
    const baseline = this.#settings['baselineFile'];
    if (uris.some((it) => it.endsWith(`/${SETTINGS_FILE}`) || it === baseline)) {
      const before = this.#leftOut();
      await this.#loadSettings();
      if (before !== this.#leftOut()) return this.#scan();
    }
    if (uris.some((it) => it.endsWith('/.gitignore') || it.endsWith('/.helmignore'))) return this.#scan();
    for (const uri of uris) this.#later(uri);
  }

  #later(uri: string): void {
    this.#changed.add(uri);
    if (!this.#isReading) void this.#readChanged();
  }

  /** Changes are read and applied in batches, with requests between them; what comes meanwhile is read next. */
  async #readChanged(): Promise<void> {
    this.#isReading = true;
    while (this.#changed.size > 0) {
      // What says which files belong together goes first, so that the others are placed once.
      const all = [...this.#changed];
      const uris = [...all.filter(isReadFirst), ...all.filter((it) => !isReadFirst(it))];
      this.#changed.clear();
      const isMany = uris.length > BATCH;
      if (isMany) this.#options.onManyChanged(true);
      for (let at = 0; at < uris.length; at += BATCH) {
        const read = await Promise.all(uris.slice(at, at + BATCH).map((uri) => this.#changeOf(uri)));
        const now = read.flat().filter((it) => !this.#options.isOpen(it.uri));
        if (now.length > 0) this.#options.apply(now);
      }
      if (isMany) this.#options.onManyChanged(false);
    }
    this.#isReading = false;
  }

  async #changeOf(uri: string): Promise<readonly FileChange[]> {
    if (this.#options.isOpen(uri)) return [];
    const text = (await this.#isOurs(uri)) ? await this.#read(uri) : undefined;
    if (text !== undefined) return [{ uri, text, open: false }];
    if (this.#options.isKnown(uri)) return [{ uri, text: undefined }];
    // A folder that is gone stands for all it held; a file that we never knew for nothing.
    return [...this.#options.known()].filter((it) => isBelow(uri, it)).map((it) => ({ uri: it, text: undefined }));
  }

  async #isOurs(uri: string): Promise<boolean> {
    for (const folder of this.#folders) {
      if (isBelow(folder, uri) && (await this.#options.ports.wouldFind(folder, uri, this.exclude))) return true;
    }
    return false;
  }

  async #scan(): Promise<void> {
    const { ports, apply, isOpen, onScanning, onScanned } = this.#options;
    const generation = ++this.#generation;
    const isOld = (): boolean => generation !== this.#generation;
    const started = ports.now();
    onScanning();
    const progress = this.#options.progress();
    const reads = ports.readMany({
      maxSize: this.#maxSize(),
      settings: this.#settings,
      folders: this.#folders,
      onFailure: (error) => this.#options.warn(`the second thread failed; the first one reads on\n${error.stack ?? error.message}`),
    });
    try {
      const found = new Set<string>();
      for (const folder of this.#folders) {
        for await (const uris of ports.find(folder, this.exclude, (it, message) => this.#tell(it, message))) {
          if (isOld()) return;
          reads.meet(uris.filter((it) => !found.has(it)));
          for (const it of uris) found.add(it);
        }
        if (isOld()) return;
      }
      this.#forget((uri) => !found.has(uri) && this.#folderOf(uri) !== undefined);
      progress.report(0, found.size);
      let done = 0;
      for await (const batch of reads.read()) {
        if (isOld()) return;
        const changes: FileChange[] = [];
        for (const [uri, read] of batch) {
          const text = isOpen(uri) ? undefined : this.#textOf(uri, read);
          if (text !== undefined) changes.push({ uri, text, open: false, prepared: 'text' in read ? read.prepared : undefined });
        }
        apply(changes);
        done += batch.length;
        progress.report(done, found.size);
      }
      progress.report(found.size, found.size);
      onScanned({ files: found.size, milliseconds: ports.now() - started });
    } finally {
      reads.end();
      progress.done();
    }
  }

  #forget(isGone: (uri: string) => boolean): void {
    const gone = [...this.#options.known()].filter((uri) => isGone(uri) && !this.#options.isOpen(uri));
    if (gone.length > 0) this.#options.apply(gone.map((uri) => ({ uri, text: undefined })));
  }

  async #read(uri: string): Promise<string | undefined> {
    return this.#textOf(uri, await this.#options.ports.read(uri, this.#maxSize()));
  }

  #textOf(uri: string, read: FileRead): string | undefined {
    if ('text' in read) return read.text;
    if (read.problem !== 'missing') this.#tell(uri, read.message);
    return undefined;
  }

  #maxSize(): number | undefined {
    const megabytes = settingIn(this.#settings, 'files', 'maxSize');
    return typeof megabytes === 'number' ? megabytes * 1024 * 1024 : undefined;
  }

  #tell(uri: string, message: string): void {
    const text = `${this.displayPath(uri)}: ${message}`;
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#options.warn(text);
  }

  async #loadSettings(): Promise<void> {
    const turn = ++this.#settingsTurn;
    const loaded = await Promise.all(this.#folders.map((folder) => this.#options.ports.settings(folder, this.#clientSettings)));
    // Newer settings came meanwhile.
    if (turn !== this.#settingsTurn) return;
    // One tree for the whole workspace; of the files in its folders the first has the last word.
    const lastFirst = [...loaded].reverse();
    this.#settings = mergeSettings(this.#clientSettings, ...lastFirst.map((it) => it.fromClient), ...lastFirst.map((it) => it.settings));
    const problems = loaded.flatMap((it) => it.problems);
    const text = JSON.stringify([this.#settings, problems]);
    if (text === this.#settingsText) return;
    this.#settingsText = text;
    this.#options.onSettings(this.#settings, problems);
  }

  /** Globs of files that are left out, counted from each folder. */
  get exclude(): readonly string[] {
    const own: Json | undefined = settingIn(this.#settings, 'files', 'exclude');
    const globs = Array.isArray(own) ? own.filter((it): it is string => typeof it === 'string') : [];
    return [...this.#filesExclude, ...globs];
  }

  /** What decides which files are read, in comparable form. */
  #leftOut(): string {
    return JSON.stringify([this.exclude, settingIn(this.#settings, 'files', 'maxSize') ?? null]);
  }

  #folderOf(uri: string): string | undefined {
    return this.#folders.filter((it) => isBelow(it, uri)).sort((a, b) => b.length - a.length)[0];
  }
}

function isBelow(folder: string, uri: string): boolean {
  return uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The workspace folder's own URI, without a slash at its end. */
export function folderUri(uri: string): string {
  return uri.endsWith('/') && folderOf(uri) !== '' ? uri.slice(0, -1) : uri;
}
