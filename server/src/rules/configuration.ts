import type { Settings } from '../index/settings.js';
import { nearest } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import type { Json, YamlEntry, YamlNode } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import type { RuleMeta } from './rule.js';

/** Something in settings that has no effect, and why. */
export interface SettingsProblem {
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What that means for the other settings. */
  readonly effect: string;
  readonly range: Range;
}

export interface ReadSettings {
  /** What could be read; parts that say nothing we know are left out. */
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  /** Whether the text is so broken that nothing of it can be trusted. */
  readonly broken: boolean;
}

/** Rules, as far as settings name them. */
export type NamedRule = Pick<RuleMeta, 'id' | 'category' | 'peers'>;

/** Reads `.meshwright.yaml`. */
export function readSettings(text: string, rules: readonly NamedRule[]): ReadSettings {
  const { settings, problems, broken } = readTree(text, rules);
  const render = parseDocument(text).root?.get('helm.render');
  if (render === undefined || !('helm' in settings)) return { settings, problems, broken };
  const { helm: _, ...rest } = settings;
  const message = '"helm.render" starts a program, which no file of a repository may: set it in the editor or with --set.';
  return { settings: rest, problems: [...problems, { message, effect: NO_EFFECT, range: render }], broken };
}

/** Reads any text with the keys of settings. */
function readTree(text: string, rules: readonly NamedRule[]): ReadSettings {
  const { root, problems } = parseDocument(text);
  const broken = problems.find((it) => it.severity === 'error');
  if (broken) return { settings: {}, problems: [{ message: broken.message, effect: NO_EFFECT_AT_ALL, range: broken.range }], broken: true };
  if (root === undefined || isNull(root)) return { settings: {}, problems: [], broken: false };
  if (root.type !== 'map')
    return {
      settings: {},
      problems: [{ message: 'Settings are a map of keys, as in "world: closed".', effect: NO_EFFECT_AT_ALL, range: root }],
      broken: true,
    };
  const told: SettingsProblem[] = [];
  const reading: Reading = { text, names: namesOf(rules), tell: (range, message) => told.push({ range, message, effect: NO_EFFECT }) };
  // What is said of a system is a map below its id, which the ids of its rules begin with.
  const systems = new Set(rules.map((it) => it.id.split('/')[0]!));
  const settings = readMap(root.entries, '', reading, { ...Object.fromEntries([...systems].map((it) => [it, 'map' as const])), ...SHAPES });
  return { settings, problems: told, broken: false };
}

/** The tree that `--set KEY=VALUE` means, with dots between the keys and a value as YAML or JSON writes it. */
export function settingsOf(key: string, value: string, rules: readonly NamedRule[]): ReadSettings {
  const keys = splitKey(key);
  const indented = keys.map((it, i) => `${'  '.repeat(i)}${JSON.stringify(it)}:`).join('\n');
  // A value of more lines, or none, would change the structure around it.
  return readTree(`${indented} ${/[\r\n]/.test(value) ? JSON.stringify(value) : value}\n`, rules);
}

/** Names that settings may have, as `rules` and `--enable` take them: ids, categories, and peers with and without what qualifies them. */
export function namesOf(rules: readonly NamedRule[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { id, category, peers } of rules) {
    names.add(id).add(category);
    for (const peer of peers ?? []) names.add(peer).add(peer.split(':')[0]!);
  }
  return names;
}

type Shape = 'text' | 'texts' | 'number' | 'map' | 'any' | 'rules' | readonly string[] | { readonly [key: string]: Shape };

const NO_EFFECT = 'This line has no effect.';
const NO_EFFECT_AT_ALL = 'Nothing in this file is in force.';

const LEVELS = ['error', 'warning', 'info', 'hint', 'on', 'off'];

const SHAPES: { readonly [key: string]: Shape } = {
  world: ['open', 'closed'],
  owns: 'texts',
  external: 'texts',
  clusterDomain: 'text',
  mesh: 'text',
  rules: 'rules',
  overrides: 'any',
  files: { exclude: 'texts', maxSize: 'number', cache: ['on', 'off'] },
  scopes: 'any',
  clusters: 'map',
  baseline: 'text',
  failOn: ['error', 'warning', 'info', 'never'],
  helm: { render: ['on', 'off'] },
  diagnostics: { scope: ['workspace', 'openFiles'] },
  schemaValidation: ['auto', 'on', 'off'],
  inlayHints: 'any',
  codeLens: 'any',
  trace: 'map',
};

interface Reading {
  readonly text: string;
  readonly names: ReadonlySet<string>;
  readonly tell: (range: Range, message: string) => void;
}

function readMap(entries: readonly YamlEntry[], path: string, reading: Reading, shapes: { readonly [key: string]: Shape }): Settings {
  const settings: Record<string, Json> = {};
  for (const { key, keyRange, value } of entries) {
    const full = path === '' ? key : `${path}.${key}`;
    const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
    if (shape === undefined) {
      reading.tell(keyRange, `"${full}" is no setting${suggestion(key, Object.keys(shapes))}.`);
      continue;
    }
    if (isNull(value)) continue;
    const read = readValue(value, shape, full, reading);
    if (read !== undefined) settings[key] = read;
  }
  return settings;
}

function readValue(node: YamlNode, shape: Shape, path: string, reading: Reading): Json | undefined {
  const data = plain(node, path, reading.text);
  const refuse = (wanted: string): undefined => {
    const written = typeof data === 'object' ? '' : `, not "${String(data)}"`;
    reading.tell(node, `"${path}" takes ${wanted}${written}.`);
    return undefined;
  };
  if (isWords(shape)) return shape.includes(wordOf(data)) ? wordOf(data) : refuse(listed(shape));
  switch (shape) {
    case 'any':
      return data;
    case 'text':
      return node.type === 'scalar' ? String(data) : refuse('one text');
    case 'number':
      return typeof data === 'number' ? data : refuse('a number');
    case 'texts':
      if (node.type === 'list' && node.items.every((it) => it.type === 'scalar'))
        return node.items.map((it) => String(plain(it, path, reading.text)));
      return refuse('a list of texts');
    case 'map':
      return node.type === 'map' ? data : refuse('a map');
    case 'rules':
      return node.type === 'map' ? readRules(node.entries, path, reading) : refuse('a map of rules and severities');
    default:
      return node.type === 'map' ? readMap(node.entries, path, reading, shape) : refuse('a map');
  }
}

function readRules(entries: readonly YamlEntry[], path: string, reading: Reading): Settings {
  const rules: Record<string, Json> = {};
  for (const { key, keyRange, value } of entries) {
    if (!reading.names.has(key)) {
      reading.tell(keyRange, `No rule, category or code is named "${key}"${suggestion(key, reading.names)}.`);
      continue;
    }
    const level = wordOf(plain(value, '', reading.text));
    if (LEVELS.includes(level)) rules[key] = level;
    else reading.tell(value, `"${path}.${key}" takes ${listed(LEVELS)}${value.type === 'scalar' ? `, not "${level}"` : ''}.`);
  }
  return rules;
}

/** Plain data, but that versions stay as they are written: `1.30` is no number. */
function plain(node: YamlNode, path: string, text: string): Json {
  switch (node.type) {
    case 'map':
      return Object.fromEntries(node.entries.map((it) => [it.key, plain(it.value, `${path}.${it.key}`, text)]));
    case 'list':
      return node.items.map((it) => plain(it, path, text));
    case 'scalar':
      return typeof node.value === 'number' && /\bversion$/i.test(path) ? text.slice(node.start, node.end) : node.value;
  }
}

/** A word of ours that YAML takes for a boolean: `off` and `on`. */
function wordOf(data: Json): string {
  if (data === false) return 'off';
  if (data === true) return 'on';
  return typeof data === 'string' ? data : JSON.stringify(data);
}

function isNull(node: YamlNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

function isWords(shape: Shape): shape is readonly string[] {
  return Array.isArray(shape);
}

function suggestion(written: string, known: Iterable<string>): string {
  const name = nearest(written, known);
  return name === undefined ? '' : ` ("${name}" exists)`;
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

/** Keys between dots. What follows `rules.` is one name, whatever it holds. */
function splitKey(key: string): readonly string[] {
  const rules = /^rules\.(.+)$/s.exec(key);
  return rules ? ['rules', rules[1]!] : key.split('.');
}
