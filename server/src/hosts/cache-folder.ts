import { homedir } from 'node:os';
import path from 'node:path';

/** Where files may be kept that can be made again, of this user alone; undefined where there is no home. It need not exist. */
export function cacheFolder(): string | undefined {
  const folder = folderOfCaches();
  return folder !== undefined && path.isAbsolute(folder) ? path.join(folder, 'meshwright') : undefined;
}

function folderOfCaches(): string | undefined {
  const home = homeFolder();
  const inHome = (...names: readonly string[]): string | undefined => (home === undefined ? undefined : path.join(home, ...names));
  if (process.platform === 'darwin') return inHome('Library', 'Caches');
  const named = process.env[process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  if (named !== undefined && path.isAbsolute(named)) return named;
  return process.platform === 'win32' ? inHome('AppData', 'Local') : inHome('.cache');
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
