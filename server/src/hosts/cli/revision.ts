import { execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Step } from '../../analysis/transitions.js';
import type { Resource } from '../../model/resource.js';
import { glob } from '../../text/globs.js';
import { isInToolFolder, mayHoldManifests, reasonOf } from '../files.js';
import { isFolder, uriOf } from './paths.js';

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

/** Manifests as they were at a revision, below the same paths; or why they cannot be told. Git alone is asked, and changes nothing. */
export async function filesAt({
  revision,
  paths,
  exclude,
}: RevisionQuery): Promise<readonly RevisionFile[] | { readonly problem: string }> {
  const [first = '.'] = paths;
  const folder = (await isFolder(first)) ? first : path.dirname(first);
  const git = (...words: string[]): Promise<string> =>
    run('git', ['-C', folder, ...words], { encoding: 'utf8', maxBuffer: 1 << 28 }).then((it) => it.stdout);
  let top: string;
  let commit: string;
  try {
    top = path.resolve(folder, (await git('rev-parse', '--show-cdup')).trim() || '.');
  } catch (error) {
    const isMissing = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
    return { problem: isMissing ? 'needs git, which is not installed' : 'needs a git repository' };
  }
  try {
    // A revision that looks like an option is none.
    commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)).trim().split('\n').at(-1)!;
  } catch {
    return { problem: `found no revision "${revision}"` };
  }
  const excluded = exclude.globs.map((it) => glob(it));
  const names = (await git('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit)).split('\0').filter((name) => {
    if (name === '' || !mayHoldManifests(name) || isInToolFolder(name)) return false;
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
      return text === undefined ? [] : [{ uri: uriOf(full), path: full, text }];
    });
  } catch (error) {
    return { problem: `could not read "${revision}" (${reasonOf(error)})` };
  }
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

/** Writes what takes dangerous steps back: `restore.yaml` to apply, `delete.yaml` to delete. Gives the files written. */
export async function writeRollback(
  folder: string,
  steps: readonly Step[],
  before: (resource: Resource) => string | undefined,
): Promise<readonly string[]> {
  // Values of Secrets are written nowhere; who has them puts them back.
  const restores = unique(steps.flatMap((it) => it.problem.restores)).filter((it) => it.kind !== 'Secret');
  const removes = unique(steps.flatMap((it) => it.problem.removes ?? []));
  const written: string[] = [];
  const write = async (name: string, documents: readonly string[]): Promise<void> => {
    if (documents.length === 0) return;
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, name);
    await writeFile(file, documents.map((it) => `---\n${it.replace(/^---[^\n]*\n/, '').trimEnd()}\n`).join(''));
    written.push(file);
  };
  await write(
    'restore.yaml',
    restores.flatMap((it) => before(it) ?? []),
  );
  await write(
    'delete.yaml',
    removes.map(({ apiVersion, kind, name, namespace }) => {
      const place = namespace === undefined ? '' : `, namespace: ${JSON.stringify(namespace)}`;
      return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${JSON.stringify(name)}${place} }`;
    }),
  );
  return written;
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((it) => [it.id, it])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
