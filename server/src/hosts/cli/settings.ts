import path from 'node:path';
import { mergeSettings, type Settings } from '../../index/settings.js';
import { namesOf, settingsOf } from '../../rules/configuration.js';
import { nearest } from '../../text/nearest.js';
import { findSettingsFile, loadSettingsFile, readNamedFiles } from '../settings-file.js';
import type { CheckArguments } from './arguments.js';
import { allRules } from './explain.js';
import { BASELINE_FILE } from '../../rules/baseline.js';
import { say, type Io } from './io.js';
import { isFolder, shownPath } from './paths.js';

export interface CheckSettings {
  readonly settings: Settings;
  /** Folder that globs of the settings count from. */
  readonly folder: string;
  /** Where known findings are, and whether somebody named that file. */
  readonly baseline: { readonly file: string; readonly isNamed: boolean };
  /** Whether the settings file says nothing that could be used. */
  readonly broken: boolean;
  /** Whether a file that the user named could not be read. */
  readonly failed: boolean;
}

/** What `--set` and the options that stand for settings mean, as one tree, and what is wrong with them. */
export function optionSettings(asked: CheckArguments): { settings: Settings; problems: readonly string[] } {
  const rules = allRules();
  const problems: string[] = [];
  let settings: Settings = {};
  for (const { key, value } of asked.set) {
    const read = settingsOf(key, value, rules);
    problems.push(...read.problems.map((it) => `--set ${key}=${value}: ${it.message.replace(/\.$/, '')}`));
    settings = mergeSettings(settings, read.settings);
  }
  const names = namesOf(rules);
  for (const code of asked.enable) {
    if (names.has(code)) {
      settings = mergeSettings(settings, { rules: { [code]: 'on' } });
      continue;
    }
    const like = nearest(code, names);
    problems.push(`no rule or code "${code}"${like === undefined ? '' : ` (there is "${like}")`}`);
  }
  if (asked.closedWorld) settings = mergeSettings(settings, { world: 'closed' });
  return { settings, problems };
}

/** `.meshwright.yaml`, what options say above it, and the files that either names. Problems are told as they are met. */
export async function loadSettings(asked: CheckArguments, options: Settings, io: Io): Promise<CheckSettings> {
  const file = asked.config === undefined ? await findSettingsFile(await commonFolder(asked, io)) : path.resolve(io.cwd, asked.config);
  const loaded = await loadSettingsFile(file, allRules());
  const istio = {
    ...(asked.meshConfig === undefined ? {} : { meshConfig: asked.meshConfig }),
    ...(asked.meshNetworks === undefined ? {} : { meshNetworks: asked.meshNetworks }),
  };
  const named = await readNamedFiles(mergeSettings(options, { istio }), io.cwd);
  for (const { file: at, line, message } of [...loaded.problems, ...named.problems]) {
    say(io, `${shownPath(at, io.cwd)}${line === undefined ? '' : `:${line + 1}`}: ${message}`);
  }
  const folder = file === undefined ? io.cwd : path.dirname(file);
  const fromOptions = asked.baseline ?? textOf(options, 'baseline');
  const fromFile = textOf(loaded.settings, 'baseline');
  const baseline = fromOptions === undefined ? path.resolve(folder, fromFile ?? BASELINE_FILE) : path.resolve(io.cwd, fromOptions);
  return {
    settings: mergeSettings(loaded.settings, named.settings),
    folder,
    baseline: { file: baseline, isNamed: (fromOptions ?? fromFile) !== undefined },
    broken: loaded.broken,
    failed: named.problems.length > 0,
  };
}

function textOf(settings: Settings, key: string): string | undefined {
  const value = settings[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The folder that holds everything to check: the settings file is looked for from there on upwards. */
async function commonFolder({ paths, clusters }: CheckArguments, io: Io): Promise<string> {
  const named = [...paths.filter((it) => it !== '-'), ...clusters.flatMap((it) => it.files)].map((it) => path.resolve(io.cwd, it));
  let common: string | undefined;
  for (const it of named) {
    const folder = (await isFolder(it)) ? it : path.dirname(it);
    common ??= folder;
    while (folder !== common && !folder.startsWith(common.endsWith(path.sep) ? common : common + path.sep)) common = path.dirname(common);
  }
  return common ?? io.cwd;
}
