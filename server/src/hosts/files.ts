import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  type Dirent,
} from 'node:fs';
import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  glob,
  helmIgnoreRules,
  ignoreRules,
  isHelmIgnored,
  isIgnored,
  type HelmIgnoreRule,
  type IgnoreRule,
  type PathTest,
} from '../text/globs.js';
import { folderOf, normalizeUri } from '../text/uri.js';

/** Globs that leave files out, and the folder that they count from. */
export interface Exclusion {
  readonly folder: string;
  readonly globs: readonly string[];
}

export interface FindOptions {
  readonly exclude?: readonly Exclusion[];
  /** Told of a folder that cannot be read; the walk goes on. */
  readonly onProblem?: (path: string, message: string) => void;
  /** Told of all that is in each folder that is read. */
  readonly onFolder?: (path: string, entries: readonly Dirent[]) => void;
}

/** What reading a file gave: its text as VS Code would show it, or why there is none. */
export type TextRead = { readonly text: string } | Unread;
type BytesRead = { readonly bytes: Buffer } | Unread;
interface Unread {
  readonly problem: ReadProblem;
  readonly message: string;
}
export type ReadProblem = 'unreadable' | 'utf-16' | 'binary' | 'too-large';

/** Largest file to read whole, in bytes, where `files.maxSize` says nothing else. */
export const DEFAULT_MAX_SIZE = 10 * 1024 * 1024;

const EXTENSIONS = new Set(['.yaml', '.yml', '.json']);

/** Folders that hold what tools fetched or keep for themselves, never manifests that somebody edits. */
const TOOL_FOLDERS = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  '.jj',
  '.terraform',
  '.terragrunt-cache',
  '.venv',
  '.tox',
  '__pycache__',
]);

/** Milliseconds for which reading may keep everything else waiting; what was read is worked on right after. */
const SLICE = 2;

/**
 * Files that may hold manifests, as absolute paths, each once and those of a folder together: below the folders among the roots, without what `.gitignore` files and
 * exclusions leave out, and without templates that a `.helmignore` does; a root that is a file is taken as it is. Order depends on names alone. Links are followed, never in circles,
 * and a file that can also be reached without a link is told by that path.
 *
 * The event loop gets a turn every few milliseconds: reading a folder asynchronously costs twice the processor time of reading it at once.
 */
export async function* findFiles(roots: readonly string[], options: FindOptions = {}): AsyncIterable<readonly string[]> {
  const walk: Walk = {
    seen: new Set(),
    links: [],
    excludes: compile(options.exclude ?? []),
    onProblem: options.onProblem,
    onFolder: options.onFolder,
  };
  let level: Folder[] = [];
  for (const root of roots.map((it) => path.resolve(it))) {
    const real = await realPathOf(root, walk);
    if (real === undefined || walk.seen.has(real)) continue;
    walk.seen.add(real);
    if (await isFolder(real)) level.push({ path: root, real, ignores: await ignoresAbove(root), chart: await chartAbove(root) });
    else yield [root];
  }
  let since = performance.now();
  while (level.length > 0) {
    const below: Folder[] = [];
    for (const folder of level) {
      const files = await readFolder(folder, walk, below);
      if (files.length > 0) yield files;
      if (performance.now() - since < SLICE) continue;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    level = below;
    if (level.length > 0) continue;
    for (const link of walk.links.splice(0)) {
      const real = await realPathOf(link.path, walk);
      if (real === undefined || walk.seen.has(real)) continue;
      const folder = await isFolder(real);
      if (!folder && !mayHoldManifests(link.path)) continue;
      if (isLeftOut(link.path, folder, link.ignores, walk.excludes) || (!folder && isNoTemplate(link.path, link.chart))) continue;
      walk.seen.add(real);
      if (folder) level.push({ ...link, real });
      else yield [link.path];
    }
  }
}

/** Whether `findFiles` would come upon a file below a root, for hosts that are told of single files. */
export async function wouldFind(root: string, file: string, options: FindOptions = {}): Promise<boolean> {
  const below = path.relative(root, file);
  if (below === '' || below.startsWith('..') || path.isAbsolute(below) || !mayHoldManifests(file)) return false;
  const excludes = compile(options.exclude ?? []);
  let ignores = await ignoresAbove(root);
  let at = path.resolve(root);
  let chart = await chartAbove(root);
  const parts = below.split(path.sep);
  for (const [i, part] of parts.entries()) {
    ignores = await withIgnoresOf(at, ignores);
    chart = await chartOrOuter(at, chart);
    at = path.join(at, part);
    const folder = i < parts.length - 1;
    if ((folder && TOOL_FOLDERS.has(part)) || isLeftOut(at, folder, ignores, excludes)) return false;
  }
  return !isNoTemplate(at, chart);
}

/** Whether a path leads through a folder that tools keep for themselves. */
export function isInToolFolder(file: string): boolean {
  return file.split(/[\\/]/).some((it) => TOOL_FOLDERS.has(it));
}

/** A path as URI, in the one spelling that all URIs have. */
export function uriOf(file: string): string {
  // Most paths have nothing in them that is written in another way.
  if (path.sep === '/' && /^(?:\/[\w-][\w.-]*)+$/.test(file)) return `file://${file}`;
  return normalizeUri(pathToFileURL(file).href);
}

/** The path that a URI of a file stands for. */
export function pathOf(uri: string): string {
  if (path.sep === '/' && /^file:\/\/(?:\/[\w-][\w.-]*)+$/.test(uri)) return uri.slice('file://'.length);
  return fileURLToPath(uri);
}

/** Whether there is a file or folder, whatever it holds. */
export function isOnDisk(uri: string): boolean {
  try {
    return uri.startsWith('file:') && existsSync(pathOf(uri));
  } catch {
    return false;
  }
}

/**
 * Where a path ends that leads through links, called as files are that are found from the same root as `folder`; undefined where it leads
 * through none, or nowhere.
 */
export function endOfLink(uri: string, folder: string): string | undefined {
  try {
    const file = pathOf(uri);
    // What lies right there is called as it is, where it is no link itself.
    if (folderOf(uri) === folder && !lstatSync(file).isSymbolicLink()) return undefined;
    const from = pathOf(folder);
    const [end, real] = [realpathSync.native(file), realpathSync.native(from)];
    // Links on the way to the workspace itself are in all paths.
    let same = 0;
    while (same < from.length && from.at(-1 - same) === real.at(-1 - same)) same++;
    const above = real.slice(0, real.length - same);
    const known = end.startsWith(above) ? from.slice(0, from.length - same) + end.slice(above.length) : end;
    return known === file ? undefined : normalizeUri(pathToFileURL(known).href);
  } catch {
    return undefined;
  }
}

/** Whether a file's name says that manifests may be in it; its content decides. */
export function mayHoldManifests(file: string): boolean {
  return isManifestName(path.basename(file));
}

function isManifestName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  // Kustomize reads this name as well, which says what is applied together.
  return dot > 0 ? EXTENSIONS.has(name.slice(dot).toLowerCase()) : name === 'Kustomization';
}

/** Reads a file the way VS Code does: UTF-8, without its byte-order mark. Never throws. */
export async function readText(file: string, options: { readonly maxSize?: number | undefined } = {}): Promise<TextRead> {
  try {
    const maxSize = options.maxSize ?? DEFAULT_MAX_SIZE;
    const { size } = await stat(file);
    if (size > maxSize) return tooLarge(size, maxSize);
    return decodeText(await readFile(file), maxSize);
  } catch (error) {
    return { problem: 'unreadable', message: `cannot be read (${reasonOf(error)})` };
  }
}

/**
 * Reads many files, giving the event loop a turn every few milliseconds. Reading a small file asynchronously costs ten times the
 * processor time of reading it at once, so that thousands are read soonest like this.
 */
export async function* readTexts(
  files: Iterable<string>,
  options: { readonly maxSize?: number | undefined } = {},
): AsyncIterable<readonly [file: string, read: TextRead]> {
  let since = performance.now();
  for (const file of files) {
    yield [file, readTextNow(file, options.maxSize ?? DEFAULT_MAX_SIZE)];
    if (performance.now() - since < SLICE) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
}

/** The same at once. */
export function readTextNow(file: string, maxSize: number): TextRead {
  const read = readBytesNow(file, maxSize);
  return 'bytes' in read ? decodeText(read.bytes, maxSize) : read;
}

/** Bytes of a file, which hold until the next one is read. */
export function readBytesNow(file: string, maxSize: number): BytesRead {
  try {
    const opened = openSync(file, 'r');
    try {
      return readOpened(opened, maxSize);
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    return { problem: 'unreadable', message: `cannot be read (${reasonOf(error)})` };
  }
}

function readOpened(opened: number, maxSize: number): BytesRead {
  let length = 0;
  while (length < ROOM.length) {
    const more = readSync(opened, ROOM, length, ROOM.length - length, null);
    // A pipe may give less than it has, so that only nothing is the end.
    if (more === 0) return { bytes: ROOM.subarray(0, length) };
    length += more;
  }
  const { size } = fstatSync(opened);
  return size > maxSize ? tooLarge(size, maxSize) : { bytes: Buffer.concat([ROOM, readFileSync(opened)]) };
}

/** Where one file after the other is read to. Asking how large a small one is takes longer than reading it. */
const ROOM = Buffer.allocUnsafeSlow(131_072);

/** Text of a file's bytes, or why they are none. */
export function decodeText(bytes: Buffer, maxSize = DEFAULT_MAX_SIZE): TextRead {
  if (bytes.length > maxSize) return tooLarge(bytes.length, maxSize);
  const first = bytes[0];
  const second = bytes[1];
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { problem: 'utf-16', message: 'is written in UTF-16; save it as UTF-8' };
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0 && nul < 8192) return { problem: 'binary', message: 'is no text' };
  return { text: bytes.toString('utf8', first === 0xef && second === 0xbb && bytes[2] === 0xbf ? 3 : 0) };
}

/** Why the operating system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOENT':
      return 'no such file';
    case 'EISDIR':
      return 'it is a folder';
    case 'ELOOP':
      return 'its links lead in a circle';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many open files';
    default:
      return code ?? message;
  }
}

interface Folder {
  readonly path: string;
  /** The same without links in it. */
  readonly real: string;
  readonly ignores: Ignores;
  readonly chart: Chart | undefined;
}

/** A chart that no other holds, with the rules of its `.helmignore`. */
interface Chart {
  readonly folder: string;
  readonly rules: readonly HelmIgnoreRule[];
}

/** Rules of `.gitignore` files, the outermost first. */
type Ignores = readonly { readonly folder: string; readonly rules: readonly IgnoreRule[] }[];

interface Walk {
  /** Real paths of folders and linked files that were met. */
  readonly seen: Set<string>;
  /** Links wait until everything that can be reached without one is known. */
  readonly links: { readonly path: string; readonly ignores: Ignores; readonly chart: Chart | undefined }[];
  readonly excludes: readonly Exclude[];
  readonly onProblem: FindOptions['onProblem'];
  readonly onFolder: FindOptions['onFolder'];
}

interface Exclude {
  readonly folder: string;
  readonly test: PathTest;
}

/** Files of a folder; the folders in it are put to those that are read next. */
async function readFolder(folder: Folder, walk: Walk, next: Folder[]): Promise<readonly string[]> {
  let entries;
  try {
    entries = readdirSync(folder.path, { withFileTypes: true });
  } catch (error) {
    walk.onProblem?.(folder.path, `cannot be read (${reasonOf(error)})`);
    return [];
  }
  walk.onFolder?.(folder.path, entries);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  let [isRepository, hasIgnores, isChart] = [false, false, false];
  for (const { name } of entries) {
    if (name === '.git') isRepository = true;
    else if (name === '.gitignore') hasIgnores = true;
    else if (name === 'Chart.yaml') isChart = true;
  }
  // A repository within a repository has rules of its own only.
  const inherited = isRepository ? folder.ignores.filter((it) => it.folder === folder.path) : folder.ignores;
  const ignores = hasIgnores ? await withIgnoresOf(folder.path, inherited) : inherited;
  const chart = isChart && !isWithin(folder.chart, folder.path) ? await chartIn(folder.path) : folder.chart;
  const files: string[] = [];
  for (const entry of entries) {
    const name = entry.name;
    if (entry.isDirectory()) {
      const full = inFolder(folder.path, name);
      if (TOOL_FOLDERS.has(name) || isLeftOut(full, true, ignores, walk.excludes)) continue;
      const real = realIn(folder, full, name);
      if (walk.seen.has(real)) continue;
      walk.seen.add(real);
      next.push({ path: full, real, ignores, chart });
    } else if (entry.isSymbolicLink()) {
      if (!TOOL_FOLDERS.has(name)) walk.links.push({ path: inFolder(folder.path, name), ignores, chart });
    } else if (isManifestName(name) && entry.isFile()) {
      const full = inFolder(folder.path, name);
      if (isLeftOut(full, false, ignores, walk.excludes) || isNoTemplate(full, chart)) continue;
      const real = realIn(folder, full, name);
      if (walk.seen.has(real)) continue;
      walk.seen.add(real);
      files.push(full);
    }
  }
  return files;
}

/** What is in a folder without links in its path: mostly the same text. */
function realIn(folder: Folder, full: string, name: string): string {
  return folder.real === folder.path ? full : inFolder(folder.real, name);
}

function inFolder(folder: string, name: string): string {
  return folder.endsWith(path.sep) ? folder + name : folder + path.sep + name;
}

function isLeftOut(file: string, isFolderToo: boolean, ignores: Ignores, excludes: readonly Exclude[]): boolean {
  for (const { folder, test } of excludes) {
    const below = relativeTo(folder, file);
    if (below !== undefined && test(below)) return true;
  }
  for (let i = ignores.length - 1; i >= 0; i--) {
    const { folder, rules } = ignores[i]!;
    const below = relativeTo(folder, file);
    const ignored = below === undefined ? undefined : isIgnored(rules, below, isFolderToo);
    if (ignored !== undefined) return ignored;
  }
  return false;
}

/** The path below a folder, with `/` between its parts; undefined for what lies elsewhere. */
function relativeTo(folder: string, file: string): string | undefined {
  const start = folder.endsWith(path.sep) ? folder : folder + path.sep;
  if (!file.startsWith(start)) return undefined;
  const below = file.slice(start.length);
  return path.sep === '/' ? below : below.replaceAll(path.sep, '/');
}

/** Rules from the folders above a root, up to the top of its repository; none outside a repository. */
async function ignoresAbove(root: string): Promise<Ignores> {
  const above: string[] = [];
  for (let at = path.resolve(root); ; at = path.dirname(at)) {
    if (await exists(path.join(at, '.git'))) break;
    if (path.dirname(at) === at) return [];
    above.unshift(path.dirname(at));
  }
  let ignores: Ignores = [];
  const top = above[0] ?? path.resolve(root);
  const own = await readText(path.join(top, '.git', 'info', 'exclude'));
  if ('text' in own) ignores = [{ folder: top, rules: ignoreRules(own.text) }];
  for (const folder of above) ignores = await withIgnoresOf(folder, ignores);
  return ignores;
}

async function withIgnoresOf(folder: string, ignores: Ignores): Promise<Ignores> {
  const read = await readText(path.join(folder, '.gitignore'));
  if (!('text' in read)) return ignores;
  const rules = ignoreRules(read.text);
  return rules.length === 0 ? ignores : [...ignores, { folder, rules }];
}

/** Whether a file lies among templates or CRDs of a chart and Helm passes over it there. */
function isNoTemplate(file: string, chart: Chart | undefined): boolean {
  const below = chart === undefined ? undefined : relativeTo(chart.folder, file);
  return below !== undefined && isPassedOver(below, chart!.rules);
}

/** The same for a path from the chart on. What else lies there may be of use without the chart. */
export function isPassedOver(below: string, rules: readonly HelmIgnoreRule[]): boolean {
  return /(?:^|\/)(?:templates|crds)\//.test(below) && isHelmIgnored(rules, below);
}

/** Whether a chart is part of another, for which rules of its own do not count. */
function isWithin(outer: Chart | undefined, folder: string): boolean {
  return outer !== undefined && /(?:^|\/)charts\/[^/]+$/.test(relativeTo(outer.folder, folder) ?? '');
}

async function chartIn(folder: string): Promise<Chart> {
  const read = await readText(path.join(folder, '.helmignore'));
  return { folder, rules: 'text' in read ? helmIgnoreRules(read.text) : [] };
}

async function chartOrOuter(folder: string, outer: Chart | undefined): Promise<Chart | undefined> {
  return !isWithin(outer, folder) && (await exists(path.join(folder, 'Chart.yaml'))) ? chartIn(folder) : outer;
}

/** The chart that a root is in, without being it. */
async function chartAbove(root: string): Promise<Chart | undefined> {
  const above: string[] = [];
  for (let at = path.resolve(root); path.dirname(at) !== at; at = path.dirname(at)) above.unshift(path.dirname(at));
  let chart: Chart | undefined;
  for (const folder of above) chart = await chartOrOuter(folder, chart);
  return chart;
}

function compile(exclusions: readonly Exclusion[]): readonly Exclude[] {
  return exclusions.flatMap(({ folder, globs }) => globs.map((it) => ({ folder: path.resolve(folder), test: glob(it) })));
}

async function realPathOf(file: string, walk: Walk): Promise<string | undefined> {
  try {
    return await realpath(file);
  } catch (error) {
    // A link whose target is gone is no file at all; a root that is gone is told.
    if (!(await isDanglingLink(file))) walk.onProblem?.(file, `cannot be read (${reasonOf(error)})`);
    return undefined;
  }
}

async function isDanglingLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch {
    return false;
  }
}

async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch {
    return false;
  }
}

function tooLarge(size: number, maxSize: number): Unread {
  return { problem: 'too-large', message: `has ${megabytes(size)} MB, more than the ${megabytes(maxSize)} MB of "files.maxSize"` };
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes < 1024 * 1024 ? 1 : 0);
}
