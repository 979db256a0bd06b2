import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { RevisionNames } from '../lsp/ports.js';
import { glob, helmIgnoreRules } from '../text/globs.js';
import { normalizeUri } from '../text/uri.js';
import { isInToolFolder, isPassedOver, mayHoldManifests, reasonOf } from './files.js';

const run = promisify(execFile);

export interface RevisionFile {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
}

export interface RevisionQuery {
  readonly revision: string;
  /** Files and folders, absolute. */
  readonly paths: readonly string[];
  readonly exclude: { readonly folder: string; readonly globs: readonly string[] };
}

/** What a folder can be compared with; or why it cannot. */
export async function revisionsOf(folder: string): Promise<RevisionNames | { readonly problem: string }> {
  const git = (...words: string[]): Promise<string> => gitIn(folder, ...words).then((it) => it.trim());
  let listed: string;
  try {
    listed = await git(
      'for-each-ref',
      '--sort=-committerdate',
      '--count=50',
      '--format=%(refname:short)',
      'refs/heads',
      'refs/remotes',
      'refs/tags',
    );
  } catch (error) {
    return { problem: withoutGit(error) };
  }
  const others = listed.split('\n').filter((it) => it !== '' && !it.endsWith('/HEAD'));
  const remote = await git('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD').catch(() => '');
  for (const name of [remote, 'main', 'master', 'origin/main', 'origin/master']) {
    if (name === '') continue;
    const revision = await git('merge-base', 'HEAD', '--end-of-options', name).catch(() => '');
    if (revision !== '') return { base: { name, revision }, others };
  }
  return { base: undefined, others };
}

function gitIn(folder: string, ...words: string[]): Promise<string> {
  return run('git', ['-C', folder, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 }).then((it) => it.stdout);
}

function withoutGit(error: unknown): string {
  const isMissing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
  return isMissing ? 'needs git, which is not installed' : 'needs a git repository';
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() === true;
}

/** Manifests as they were at a revision, below the same paths; or why they cannot be told. Git alone is asked, and changes nothing. */
export async function filesAt({
  revision,
  paths,
  exclude,
}: RevisionQuery): Promise<readonly RevisionFile[] | { readonly problem: string }> {
  const [first = '.'] = paths;
  const folder = (await isFolder(first)) ? first : path.dirname(first);
  const git = (...words: string[]): Promise<string> => gitIn(folder, ...words);
  let top: string;
  let commit: string;
  try {
    top = path.resolve(folder, (await git('rev-parse', '--show-cdup')).trim() || '.');
  } catch (error) {
    return { problem: withoutGit(error) };
  }
  try {
    // A revision that looks like an option is none.
    commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)).trim().split('\n').at(-1)!;
  } catch {
    return { problem: `found no revision "${revision}"` };
  }
  const excluded = exclude.globs.map((it) => glob(it));
  const listed = (await git('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit)).split('\0');
  const isNoTemplate = await passedOver(folder, commit, listed);
  const names = listed.filter((name) => {
    if (name === '' || !mayHoldManifests(name) || isInToolFolder(name) || isNoTemplate(name)) return false;
    const full = path.join(top, name);
    if (!paths.some((it) => full === it || full.startsWith(it.endsWith(path.sep) ? it : it + path.sep))) return false;
    const relative = path.relative(exclude.folder, full).replaceAll(path.sep, '/');
    return !excluded.some((it) => it(relative));
  });
  try {
    const texts = await contentsOf(
      folder,
      names.map((it) => `${commit}:${it}`),
    );
    return names.flatMap((name, i): RevisionFile[] => {
      const full = path.join(top, name);
      const text = texts[i];
      return text === undefined ? [] : [{ uri: normalizeUri(pathToFileURL(full).href), path: full, text }];
    });
  } catch (error) {
    return { problem: `could not read "${revision}" (${reasonOf(error)})` };
  }
}

/** Whether Helm passed over a file among the templates of a chart at a revision. */
async function passedOver(folder: string, commit: string, names: readonly string[]): Promise<(name: string) => boolean> {
  const charts = new Set(names.filter((it) => path.posix.basename(it) === 'Chart.yaml').map((it) => path.posix.dirname(it)));
  const isInner = (chart: string): boolean =>
    path.posix.basename(path.posix.dirname(chart)) === 'charts' && charts.has(path.posix.join(chart, '../..'));
  const files = names.filter(
    (it) => path.posix.basename(it) === '.helmignore' && charts.has(path.posix.dirname(it)) && !isInner(path.posix.dirname(it)),
  );
  if (files.length === 0) return () => false;
  const texts = await contentsOf(
    folder,
    files.map((it) => `${commit}:${it}`),
  ).catch(() => []);
  const rules = files.map((it, i) => [it.slice(0, -'.helmignore'.length), helmIgnoreRules(texts[i] ?? '')] as const);
  return (name) => rules.some(([chart, its]) => name.startsWith(chart) && isPassedOver(name.slice(chart.length), its));
}

/** What `git cat-file --batch` prints, cut into the objects asked for; those that are no text are left out. */
async function contentsOf(folder: string, names: readonly string[]): Promise<readonly (string | undefined)[]> {
  const child = spawn('git', ['-C', folder, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(names.map((it) => `${it}\n`).join(''));
  await closed;
  const output = Buffer.concat(chunks);
  const texts: (string | undefined)[] = [];
  for (let at = 0; texts.length < names.length && at < output.length;) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const size = / blob (\d+)$/.exec(output.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) {
      texts.push(undefined);
      continue;
    }
    const content = output.subarray(at, at + Number(size));
    texts.push(
      content.includes(0)
        ? undefined
        : content
            .toString('utf8')
            .replace(/^\ufeff/, '')
            .replaceAll('\r\n', '\n'),
    );
    at += Number(size) + 1;
  }
  return texts;
}
