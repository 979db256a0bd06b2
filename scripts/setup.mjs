// What the other scripts stand on: where the repository is, and its packages, installed where they are missing.
// Imports nothing from a package, so that it works on a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** A path inside the repository. @param {...string} parts */
export const at = (...parts) => path.join(root, ...parts);

/** Runs npm with output shown and nothing asked. @param {string} cwd @param {readonly string[]} args */
export function npm(cwd, args) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm start` and `npm test` this is the npm that runs us; it need not be on the path.
  const program = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  const [file, first] = program === undefined ? [process.platform === 'win32' ? 'npm.cmd' : 'npm', []] : [process.execPath, [program]];
  const { status, error } = spawnSync(file, [...first, ...args, ...quiet], {
    cwd,
    // npm's own messages are no part of what our commands answer.
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: program === undefined && process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}${error === undefined ? '' : `: ${error.message}`}`);
}

/** Installs the packages of this repository, unless those of the lock file are there. */
export function ensurePackages() {
  if (packagesAreThere()) return;
  console.log('installing packages (npm ci)');
  npm(root, ['ci']);
}

function packagesAreThere() {
  const installed = at('node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const have = packagesIn(installed);
  // Times say nothing here: a checkout touches the lock file without changing it.
  return Object.entries(packagesIn(at('package-lock.json'))).every(
    ([folder, { version, optional }]) => folder === '' || optional === true || have[folder]?.version === version,
  );
}

/** Where downloads are kept between runs, also those of other clones. */
export function cacheFolder() {
  if (process.env.MESHWRIGHT_CACHE !== undefined) return process.env.MESHWRIGHT_CACHE;
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? path.join(os.homedir(), 'Library', 'Caches')
        : (process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'));
  return path.join(base, 'meshwright');
}
