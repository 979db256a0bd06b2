import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where files may be kept that can be made again, of this user alone; undefined where there is no home. It need not exist. */
export function cacheFolder(): string | undefined {
  const folder = folderOfCaches();
  return folder !== undefined && path.isAbsolute(folder) ? path.join(folder, 'meshwright') : undefined;
}

/**
 * Makes a folder there, and those above it that are missing, for this user alone; throws where that cannot be done. One by one: where a file
 * system makes none, as that of `/proc`, Node's own way of making several tries for ever.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** What a file there holds; undefined where others than this user may have written it, since it is trusted. Throws where it cannot be read. */
export function readOwn(file: string): Buffer | undefined {
  const opened = openSync(file, 'r');
  try {
    return isOwn(opened) ? readFileSync(opened) : undefined;
  } finally {
    closeSync(opened);
  }
}

function isOwn(opened: number): boolean {
  if (process.getuid === undefined) return true;
  const { uid, mode } = fstatSync(opened);
  return uid === process.getuid() && (mode & 0o022) === 0;
}

function folderOfCaches(): string | undefined {
  const { XDG_CACHE_HOME: named, LOCALAPPDATA: ofWindows } = process.env;
  // The XDG specification has relative paths ignored.
  if (named !== undefined && path.isAbsolute(named)) return named;
  if (process.platform === 'win32' && ofWindows) return ofWindows;
  const home = homeFolder();
  if (home === undefined) return undefined;
  switch (process.platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Caches');
    case 'win32':
      return path.join(home, 'AppData', 'Local');
    default:
      return path.join(home, '.cache');
  }
}

function homeFolder(): string | undefined {
  try {
    const home = homedir();
    return home === '' ? undefined : home;
  } catch {
    // The user may be one that the system has no entry for, as in a container.
    return undefined;
  }
}
