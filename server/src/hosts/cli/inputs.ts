import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileChange } from '../../analysis/state.js';
import { settingIn, type Settings } from '../../index/settings.js';
import { decodeText, DEFAULT_MAX_SIZE, findFiles, uriOf, type TextRead } from '../files.js';
import { Reader } from '../reader.js';
import { SETTINGS_FILE } from '../settings-file.js';
import type { CheckArguments } from './arguments.js';
import type { Summary } from './format/report.js';
import { say, type Io } from './io.js';
import { isFolder, shownPath } from './paths.js';
import { Walked } from '../walked.js';
import type { CheckSettings } from './settings.js';

/** A file to check, with the names it goes by. */
export interface Input {
  readonly uri: string;
  /** Absolute, or `<stdin>`. */
  readonly path: string;
  readonly shown: string;
  readonly text: string;
}

export interface Inputs {
  readonly files: readonly Input[];
  readonly unread: Summary['unread'];
  /** Whether one of the unread files was named by the user. */
  readonly failed: boolean;
  /** URIs by cluster, as `--cluster` says. */
  readonly clusters: Readonly<Record<string, readonly string[]>>;
}

/** How standard input is called as a file. */
export const STDIN = '<stdin>';

/** What there is to check, before it is read. */
export interface FoundInputs {
  /** URIs by cluster, as `--cluster` says. */
  readonly clusters: Readonly<Record<string, readonly string[]>>;
  /** Whether so many files that they are better taken in while others are read. */
  readonly isMany: boolean;
  /** What was seen on disk on the way. */
  readonly walked: Walked;
  /** Reads it all. What cannot be read is told in the result, and the rest goes on. */
  read(options?: InputOptions): Promise<Inputs>;
}

export interface InputOptions {
  /** Takes in some files as soon as they are read: those that say what is applied together first, and at once. */
  readonly take?: (changes: readonly FileChange[]) => void;
  /** What may be done while nothing is there to take in; returns whether there is more. */
  readonly meanwhile?: () => boolean;
}

/** Finds and reads everything to check. */
export async function readInputs(asked: CheckArguments, loaded: CheckSettings, io: Io): Promise<Inputs> {
  const found = await findInputs(asked, loaded, io);
  return found.read();
}

/** Finds everything to check. */
export async function findInputs(asked: CheckArguments, { settings, folder, baseline }: CheckSettings, io: Io): Promise<FoundInputs> {
  const unread: { file: string; reason: string }[] = [];
  const files: Input[] = [];
  let failed = false;
  const keep = (file: { uri: string; path: string; shown: string }, read: TextRead, wasNamed: boolean): void => {
    if ('text' in read) files.push({ ...file, text: read.text });
    // A file that happens to hold something else is nobody's fault, unless it was named.
    else if (wasNamed || read.problem !== 'binary') {
      unread.push({ file: file.shown, reason: read.message });
      failed ||= wasNamed;
    }
  };

  const maxSize = maxSizeIn(settings);
  if (asked.paths.includes('-'))
    keep({ uri: 'stdin:///stdin', path: STDIN, shown: STDIN }, decodeText(await readAll(io.stdin), maxSize), true);

  const folders: string[] = [];
  const named = new Set<string>();
  for (const written of [...asked.paths.filter((it) => it !== '-'), ...asked.clusters.flatMap((it) => it.files)]) {
    const full = path.resolve(io.cwd, written);
    if (await isFolder(full)) folders.push(full);
    else named.add(full);
  }
  const networks = settingIn(settings, 'istio', 'meshNetworksUri');
  if (typeof networks === 'string') named.add(fileURLToPath(networks));
  const found = new Set<string>();
  const reader = new Reader({
    maxSize,
    settings,
    folders: folders.map(uriOf),
    onFailure: (error) => say(io, `the second thread failed; the first one read on (${error.message})`),
  });
  const meet = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    reader.meet({ path: file, uri: uriOf(file) });
  };
  for (const file of named) meet(file);
  const walked = new Walked();
  const walk = findFiles(folders, {
    onFolder: walked.note,
    exclude: [{ folder, globs: excludedIn(settings) }],
    onProblem: (file, reason) => unread.push({ file: shownPath(file, io.cwd), reason }),
  });
  for await (const files of walk) for (const file of files) if (path.basename(file) !== SETTINGS_FILE && file !== baseline.file) meet(file);

  const clusters: Record<string, readonly string[]> = {};
  for (const cluster of asked.clusters) {
    const roots = cluster.files.map((it) => path.resolve(io.cwd, it));
    clusters[cluster.name] = [...found]
      .filter((file) => roots.some((root) => file === root || file.startsWith(root + path.sep)))
      .map(uriOf);
  }

  const read = async ({ take, meanwhile }: InputOptions = {}): Promise<Inputs> => {
    take?.(files.map(({ uri, text }) => ({ uri, text })));
    for await (const batch of reader.read(meanwhile)) {
      const changes: FileChange[] = [];
      for (const [{ path: file, uri }, it] of batch) {
        keep({ uri, path: file, shown: shownPath(file, io.cwd) }, it, named.has(file));
        if ('text' in it) changes.push({ uri, text: it.text, prepared: it.prepared });
      }
      take?.(changes);
    }
    const byPath = new Map(files.map((it) => [it.path, it]));
    return { files: [STDIN, ...found].flatMap((it) => byPath.get(it) ?? []), unread, failed, clusters };
  };
  return { clusters, isMany: reader.isMany, walked, read };
}

async function readAll(stream: Io['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

export function excludedIn(settings: Settings): readonly string[] {
  const exclude = settingIn(settings, 'files', 'exclude');
  return Array.isArray(exclude) ? exclude.filter((it): it is string => typeof it === 'string') : [];
}

/** In bytes; settings tell it in MB. */
function maxSizeIn(settings: Settings): number {
  const maxSize = settingIn(settings, 'files', 'maxSize');
  return typeof maxSize === 'number' && maxSize > 0 ? maxSize * 1024 * 1024 : DEFAULT_MAX_SIZE;
}
