import { readSettings } from '../rules/configuration.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import { YAML_RULES } from '../rules/documents.js';
import type { MeshModule, SettingWords } from '../rules/module.js';
import type { RuleMeta } from '../rules/rule.js';
import { SCHEMA_RULES } from '../rules/schema.js';
import { UNUSED_IGNORE } from '../rules/suppressions.js';
import { removedButUsed } from '../rules/transition.js';
import { baseName } from '../text/uri.js';
import { nodeAt } from '../yaml/path.js';
import type { Finding } from './actions.js';
import type { Proposal } from './completion.js';
import { readLoosely, type Step } from './context.js';
import type { HoverText } from './hover.js';
import type { Snapshot } from './snapshot.js';

/** Our own file: the settings of a repository. */
export const SETTINGS_FILE = '.meshwright.yaml';

export function isSettingsFile(uri: string): boolean {
  return uri.includes(SETTINGS_FILE) && baseName(uri) === SETTINGS_FILE;
}

/** Every rule that settings may name. */
export function allRules(modules: readonly MeshModule[]): readonly RuleMeta[] {
  return [
    ...Object.values(YAML_RULES),
    ...Object.values(SCHEMA_RULES),
    UNUSED_IGNORE,
    removedButUsed,
    ...modules.flatMap((module) => [...module.rules, ...(module.transitions ?? [])]),
  ];
}

/** What in a settings file has no effect, as it is written right now. */
export function settingsFindings(snapshot: Pick<Snapshot, 'modules' | 'file'>, uri: string): readonly Finding[] {
  const file = snapshot.file(uri);
  if (!file) return [];
  return readSettings(file.text, allRules(snapshot.modules)).problems.map(({ message, range }) => {
    const diagnostic: Diagnostic = {
      rule: 'meshwright/configuration',
      category: 'schema',
      severity: 'warning',
      peers: [],
      message,
      uri,
      range,
      path: '',
      resource: undefined,
      related: [],
      tags: [],
      hasFix: false,
    };
    return { diagnostic, view: undefined, fixes: () => [] };
  });
}

const LEVELS = [
  ['error', 'traffic fails or the API server rejects it'],
  ['warning', 'it does something other than it says'],
  ['info', 'worth knowing'],
  ['hint', 'could be tidier'],
  ['off', 'not reported'],
] as const;

/** Keys that are about no system; those of a system stand in its module. */
const FIRST: Readonly<Record<string, SettingWords>> = {
  world: {
    docs: 'What these manifests are.',
    type: 'open or closed',
    values: [
      ['open', 'the cluster holds more than these files'],
      ['closed', 'these files are all there is: every name that nothing here defines is reported'],
    ],
  },
  owns: {
    docs: 'Namespaces that are complete here, with `*`: unknown names in them are reported in the open world, too.',
    type: 'list of names',
  },
  external: { docs: 'Hosts that exist elsewhere and are never reported, such as `*.example.net`.', type: 'list of hosts' },
  clusterDomain: { docs: 'DNS suffix of services in the cluster.', type: 'text · default cluster.local' },
};

const LAST: Readonly<Record<string, SettingWords>> = {
  rules: { docs: 'Severity by rule, category or code of another tool.', type: 'map' },
  overrides: { docs: 'Other severities for some files: a list of `files` (globs) and `rules`.', type: 'list' },
  files: {
    docs: 'Which files are read.',
    type: 'map',
    keys: {
      exclude: { docs: 'Globs of files that are passed over, besides those of `.gitignore`.', type: 'list of globs' },
      maxSize: { docs: 'Largest file to read whole, in MB.', type: 'number · default 10' },
      cache: {
        docs: 'Whether what many files show by themselves is kept in the cache folder of the user, so that the next start is faster. Of Secrets nothing is kept.',
        type: 'on · off',
      },
    },
  },
  scopes: { docs: 'What is applied together, where discovery is wrong: a list of `name`, `files` (globs) and `namespace`.', type: 'list' },
  baseline: { docs: 'File with findings that are known and not reported again.', type: 'path' },
  failOn: {
    docs: 'Severity from which on the command line exits with 1.',
    type: 'severity · default warning',
    values: [...LEVELS.slice(0, 3), ['never', 'always exits with 0']],
  },
};

function settingsIn(modules: readonly MeshModule[]): Readonly<Record<string, SettingWords>> {
  const meshes = modules.filter((it) => it.takesServiceRoutes);
  return {
    ...FIRST,
    mesh: {
      docs: 'Whose business a route of the Gateway API is that has a Service as its parent. Where it is not set, the mesh that the workspace shows.',
      type: 'word',
      values: meshes.map(({ id, title }) => [id, title] as const),
    },
    ...Object.fromEntries(modules.flatMap(({ id, settingWords }) => (settingWords ? [[id, settingWords] as const] : []))),
    ...LAST,
  };
}

/** Keys and values of a settings file; ids of rules below `rules`. */
export function settingsProposals(snapshot: Snapshot, uri: string, offset: number): readonly Proposal[] {
  const file = snapshot.file(uri);
  const { place } = readLoosely(file?.text ?? '', offset);
  if (!place) return [];
  const { path, siblings } = place;
  const lead = place.needsBlank ? ' ' : '';
  const propose = (label: string, detail: string, docs: string | undefined, text: string, sort: 'key' | 'enum', i: number): Proposal => ({
    label,
    detail,
    filter: undefined,
    sortText: `!0${String(i).padStart(4, '0')}`,
    sort,
    deprecated: false,
    preselect: false,
    text: lead + text,
    isSnippet: false,
    insert: place.insert,
    replace: place.replace,
    goesOn: sort === 'key' && !place.hasColon,
    docs: docs === undefined ? undefined : { apiVersion: '', kind: '', path: [], text: docs },
    also: [],
  });
  const colon = place.hasColon ? '' : ': ';
  if (place.sort !== 'value') {
    const keys = keysAt(snapshot.modules, path);
    if (keys) {
      const free = Object.entries(keys).filter(([key]) => !siblings.has(key));
      return free.map(([key, it], i) => propose(key, it.type, it.docs, key + colon, 'key', i));
    }
    if (isRules(path)) {
      const free = allRules(snapshot.modules).filter((it) => !siblings.has(it.id));
      return free.map((it, i) => propose(it.id, it.severity, it.title, it.id + colon, 'key', i));
    }
  }
  const values = isRules(path.slice(0, -1)) ? LEVELS : settingAt(snapshot.modules, path)?.values;
  return (values ?? []).map(([value, docs], i) => propose(value, docs, undefined, value, 'enum', i));
}

/** What a key of a settings file does; of a rule, what it is about. */
export function settingsHover(snapshot: Snapshot, uri: string, offset: number): HoverText | undefined {
  const root = snapshot.file(uri)?.slots[0]?.document.parse().root;
  const steps = root ? nodeAt(root, offset) : [];
  const last = steps[steps.length - 1];
  if (!last?.onKey || !last.entry) return undefined;
  const path = steps.slice(1).map((it) => it.index ?? it.entry!.key);
  const rule = isRules(path.slice(0, -1)) ? allRules(snapshot.modules).find((it) => it.id === last.entry!.key) : undefined;
  const setting = settingAt(snapshot.modules, path);
  const lines = rule
    ? [`**${rule.id}** · ${rule.severity}`, rule.title, rule.why]
    : setting
      ? [`**${last.entry.key}** · ${setting.type}`, setting.docs]
      : [];
  return lines.length === 0 ? undefined : { markdown: lines.join('\\\n'), range: last.entry.keyRange };
}

function keysAt(modules: readonly MeshModule[], path: readonly Step[]): Readonly<Record<string, SettingWords>> | undefined {
  return path.length === 0 ? settingsIn(modules) : settingAt(modules, path)?.keys;
}

function settingAt(modules: readonly MeshModule[], path: readonly Step[]): SettingWords | undefined {
  let keys: Readonly<Record<string, SettingWords>> | undefined = settingsIn(modules);
  let found: SettingWords | undefined;
  for (const step of path) {
    found = keys && Object.hasOwn(keys, step) ? keys[step] : undefined;
    keys = found?.keys;
  }
  return found;
}

/** `rules`, and `rules` of an override. */
function isRules(path: readonly Step[]): boolean {
  return (path.length === 1 && path[0] === 'rules') || (path.length === 3 && path[0] === 'overrides' && path[2] === 'rules');
}
