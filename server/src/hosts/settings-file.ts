import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { mergeSettings, settingIn, type Settings } from '../index/settings.js';
import { readSettings, type NamedRule } from '../rules/configuration.js';
import { LineIndex } from '../text/line-index.js';
import { normalizeUri } from '../text/uri.js';
import type { Json } from '../yaml/node.js';
import { readText } from './files.js';

export const SETTINGS_FILE = '.meshwright.yaml';

/** Something about a settings file that people must know. */
export interface SettingsFileProblem {
  readonly file: string;
  /** Zero-based; undefined where the file as a whole is meant. */
  readonly line: number | undefined;
  readonly message: string;
}

export interface LoadedSettings {
  /** Absolute; undefined where there is none. */
  readonly file: string | undefined;
  readonly settings: Settings;
  readonly problems: readonly SettingsFileProblem[];
  /** The file is there and says nothing that could be used. */
  readonly broken: boolean;
}

/** The `.meshwright.yaml` that holds for a folder: in it, or in one above, up to the top of the repository. */
export async function findSettingsFile(folder: string): Promise<string | undefined> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, SETTINGS_FILE);
    if (await isThere(file)) return file;
    if (path.dirname(at) === at || (await isThere(path.join(at, '.git')))) return undefined;
  }
}

/** Reads a settings file and the files that it names. Never throws: what is wrong is told. */
export async function loadSettingsFile(file: string | undefined, rules: readonly NamedRule[]): Promise<LoadedSettings> {
  if (file === undefined) return { file, settings: {}, problems: [], broken: false };
  const read = await readText(file);
  if (!('text' in read)) return { file, settings: {}, problems: [{ file, line: undefined, message: read.message }], broken: true };
  const { settings, problems, broken } = readSettings(read.text, rules);
  const lines = new LineIndex(read.text);
  const told = problems.map(({ message, effect, range }) => ({
    file,
    line: lines.positionAt(range.start).line,
    message: `${message} ${effect}`,
  }));
  const named = await readNamedFiles(settings, path.dirname(file));
  // Globs of overrides and scopes count from the file's folder, which the core cannot know.
  const root =
    'overrides' in named.settings || 'scopes' in named.settings
      ? { overridesRoot: normalizeUri(pathToFileURL(path.dirname(file)).href) }
      : {};
  return { file, settings: { ...named.settings, ...root }, problems: [...told, ...named.problems], broken };
}

/** The text of files that settings name by path goes to the core as `istio.meshConfigText`; mesh networks are a file to check, `istio.meshNetworksUri`. */
export async function readNamedFiles(
  settings: Settings,
  folder: string,
): Promise<{ settings: Settings; problems: readonly SettingsFileProblem[] }> {
  const problems: SettingsFileProblem[] = [];
  const istio: Record<string, Json> = {};
  for (const key of ['meshConfig', 'meshNetworks']) {
    const named = settingIn(settings, 'istio', key);
    if (typeof named !== 'string' || named === '') continue;
    const file = path.resolve(folder, named);
    const read = await readText(file);
    if (!('text' in read)) problems.push({ file, line: undefined, message: `${read.message}; "istio.${key}" names it` });
    else if (key === 'meshConfig') istio['meshConfigText'] = read.text;
    else istio['meshNetworksUri'] = normalizeUri(pathToFileURL(file).href);
  }
  return { settings: Object.keys(istio).length === 0 ? settings : mergeSettings(settings, { istio }), problems };
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}

/** Settings that also say what day it is, for rules about certificates; the core has no clock. */
export function withToday(settings: Settings): Settings {
  return { now: new Date().toISOString().slice(0, 10), ...settings };
}
