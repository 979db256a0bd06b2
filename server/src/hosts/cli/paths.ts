import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { nearest } from '../../text/nearest.js';
import { reasonOf } from '../files.js';
import type { CheckArguments } from './arguments.js';

/** A path as people read it: relative where that is shorter, with `/`. */
export function shownPath(file: string, cwd: string): string {
  if (path.sep === '/' && file.startsWith(cwd) && file[cwd.length] === '/') return file.slice(cwd.length + 1);
  const relative = path.relative(cwd, file);
  const shown = relative === '' ? '.' : relative.startsWith(`..${path.sep}..`) ? file : relative;
  return shown.replaceAll(path.sep, '/');
}

export async function isFolder(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory();
  } catch {
    return false;
  }
}

/** The folder of the repository that a folder belongs to; itself where there is none. */
export async function repositoryOf(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await isThere(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}

/** Why paths that the user named cannot be used, one sentence each. */
export async function pathProblems(asked: CheckArguments, cwd: string): Promise<readonly string[]> {
  const { paths, clusters, config, baseline, writesBaseline } = asked;
  const files = [config, writesBaseline ? undefined : baseline].filter((it) => it !== undefined);
  const named = [...paths.filter((it) => it !== '-'), ...clusters.flatMap((it) => it.files), ...files];
  const problems = await Promise.all(named.map((it) => problemOfPath(it, cwd)));
  return problems.filter((it) => it !== undefined);
}

async function problemOfPath(written: string, cwd: string): Promise<string | undefined> {
  const full = path.resolve(cwd, written);
  try {
    await stat(full);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return `"${written}" cannot be read (${reasonOf(error)})`;
    const like = await siblingLike(written, full);
    return `no file or folder "${written}"${like === undefined ? '' : ` (there is "${like}")`}`;
  }
}

/** The name beside a missing one that was most likely meant, written as the user wrote it. */
async function siblingLike(written: string, full: string): Promise<string | undefined> {
  try {
    const name = path.basename(full);
    const names = (await readdir(path.dirname(full))).sort();
    const like = nearest(name, names) ?? names.find((it) => it.startsWith(`${name}.`));
    return like === undefined ? undefined : path.join(path.dirname(written), like).replaceAll(path.sep, '/');
  } catch {
    return undefined;
  }
}
