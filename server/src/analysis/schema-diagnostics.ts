import { SCHEMA_RULES } from '../rules/schema.js';
import type { Fix, FixEdit, Problem, Rule, RuleMeta } from '../rules/rule.js';
import type { Found } from '../rules/runner.js';
import type { Resource } from '../model/resource.js';
import type { SchemaSet } from '../schema/schemas.js';
import { validate, type Remedy, type SchemaCode, type SchemaFinding } from '../schema/validate.js';
import type { MeshModule } from '../rules/module.js';
import { groupOf } from '../sources/documents.js';
import { nearest } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { insertEntry } from '../yaml/edit.js';
import { readHeader } from '../yaml/header.js';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { pathAt } from '../yaml/path.js';

/** What the schema of its kind says against a resource, as if rules had found it. */
export function schemaProblems(schemas: SchemaSet, modules: readonly MeshModule[], resource: Resource): readonly Found[] {
  const findings = validate(schemas, resource);
  if (findings.length === 0) return [];
  const system = schemas.kind(resource.group, resource.kind)?.system;
  const peersOf = modules.find((it) => it.id === system)?.schemaPeers;
  return findings.map((finding) => {
    const { code, range: at, message } = finding;
    const peers = peersOf?.({ code, at, path: pathAt(resource.root, at), message }, resource) ?? [];
    return { rule: RULES[code], problem: problemOf(finding, peers) };
  });
}

/** A kind that its group does not have, but for a slip of the pen; such a document is nobody's, so no rule sees it. */
export function unknownKind(
  schemas: SchemaSet,
  text: string,
): { readonly meta: RuleMeta; readonly message: string; readonly range: Range } | undefined {
  const { apiVersion, kind, opaque } = readHeader(text);
  if (apiVersion === undefined || kind === undefined || opaque) return undefined;
  const group = groupOf(apiVersion);
  const kinds = schemas.kinds(group);
  const names = kinds.map((it) => it.kind);
  if (names.includes(kind)) return undefined;
  const home = kinds[0]?.system === 'kubernetes' ? undefined : groupWith(schemas, kind, group);
  if (home !== undefined) {
    const at = parseDocument(text).root?.get('apiVersion');
    if (at === undefined || at.text() !== apiVersion) return undefined;
    return {
      meta: SCHEMA_RULES['unknown-kind'],
      message: `${kinds.length === 0 ? 'There is no group' : `There is no kind "${kind}" in`} ${group} (${home} has "${kind}").`,
      range: { start: at.start, end: at.end },
    };
  }
  const near = nearest(kind, names);
  // Kubernetes has many kinds that we have no schema for, some with names much like others.
  if (near === undefined || (kinds[0]!.system === 'kubernetes' && near.toLowerCase() !== kind.toLowerCase())) return undefined;
  const { root } = parseDocument(text);
  const at = root?.get('kind');
  if (at === undefined || at.text() !== kind) return undefined;
  return {
    meta: SCHEMA_RULES['unknown-kind'],
    message: `There is no kind "${kind}" in ${group === '' ? 'the core group' : group} ("${near}" is one).`,
    range: { start: at.start, end: at.end },
  };
}

/** The group that has a kind of this name and is called much like the one written, or is another one of the same system. */
function groupWith(schemas: SchemaSet, kind: string, written: string): string | undefined {
  const domain = domainOf(written);
  const near = nearest(written, schemas.groups());
  // Others are not even loaded.
  const candidates = schemas.groups().filter((it) => it === near || (domain !== '' && domainOf(it) === domain));
  return candidates.find((it) => it !== written && schemas.kinds(it).some((known) => known.kind === kind));
}

/** The last two labels, which a system has in common: `istio.io` of `security.istio.io`. Those of Kubernetes are no system. */
function domainOf(group: string): string {
  const domain = group.split('.').slice(-2).join('.');
  return domain === 'k8s.io' || !domain.includes('.') ? '' : domain;
}

/** Codes of which some findings can be repaired. */
const REPAIRABLE: ReadonlySet<SchemaCode> = new Set<SchemaCode>([
  'unknown-kind',
  'unknown-version',
  'unknown-field',
  'wrong-type',
  'unknown-value',
  'required-field',
  'one-of',
  'metadata',
]);

const RULES = Object.fromEntries(
  Object.entries(SCHEMA_RULES).map(([code, meta]): [string, Rule] => [
    code,
    {
      ...meta,
      kinds: [],
      reads: {},
      check: () => [],
      fix: REPAIRABLE.has(code as SchemaCode) ? ({ resource, problem, text }) => fixes(resource, problem, text) : undefined,
    },
  ]),
) as Readonly<Record<SchemaCode, Rule>>;

/** What schemas find, by way of rules. */
export const schemaRules: readonly Rule[] = Object.values(RULES);

function problemOf({ message, range, severity, isGuess, effect, related, remedies }: SchemaFinding, peers: readonly string[]): Problem {
  return {
    at: plain(range),
    message,
    peers,
    ...(severity && { severity }),
    ...(isGuess && { certainty: 'unseen' as const }),
    ...(effect && { effect }),
    ...(related && { related: related.map((it) => ({ at: plain(it.at), message: it.message })) }),
    ...(remedies && { data: remedies.map((it) => ('at' in it ? { ...it, at: plain(it.at) } : it)) }),
  };
}

function fixes(resource: Resource, problem: Problem, text: string): readonly Fix[] {
  const remedies = (problem.data ?? []) as readonly Remedy[];
  return remedies.flatMap((remedy) => fixOf(remedy, problem.at, resource.root, text) ?? []);
}

function fixOf(remedy: Remedy, at: Range, root: YamlMap, text: string): Fix | undefined {
  const written = text.slice(at.start, at.end);
  switch (remedy.do) {
    case 'replace':
      return {
        title: `Change to "${remedy.text}"`,
        preferred: remedy.certain,
        edits: [{ range: at, text: inStyleOf(written, remedy.text) }],
      };
    case 'quote':
      return { title: `Quote "${written}"`, preferred: true, edits: [{ range: at, text: `"${written}"` }] };
    case 'unquote':
      return { title: 'Remove the quotes', preferred: true, edits: [{ range: at, text: remedy.text }] };
    case 'wrap':
      return { title: 'Make it a list of one', preferred: true, edits: [{ range: at, text: `[${asItem(written)}]` }] };
    case 'remove': {
      const place = placeOf(root, remedy.at);
      const edit = place && removal(place, text);
      return edit && { title: `Remove "${remedy.key}"`, edits: [edit] };
    }
    case 'move-up': {
      const edits = moveUp(root, at, remedy.into, text);
      return edits && { title: `Move "${remedy.key}" up`, preferred: true, edits };
    }
    case 'insert': {
      const edit = addition(root, remedy, text);
      return edit && { title: `Add "${remedy.key}"`, edits: [edit] };
    }
    case 'choose-channel':
      return {
        title: `Use the ${remedy.channel} channel (.meshwright.yaml)`,
        edits: [],
        setting: { path: [remedy.system, 'channel'], value: remedy.channel },
      };
  }
}

/** Keeps the quotes of what was written. */
function inStyleOf(written: string, text: string): string {
  const quote = written.charAt(0);
  return (quote === '"' || quote === "'") && written.length > 1 && written.endsWith(quote) ? quote + text + quote : text;
}

/** Commas and brackets of plain text mean something else inside of a list. */
function asItem(written: string): string {
  return /^["']/.test(written) || !/[,[\]{}]/.test(written) ? written : `'${written.replaceAll("'", "''")}'`;
}

interface EntryPlace {
  readonly map: YamlMap;
  readonly entry: YamlEntry;
  readonly index: number;
}

/** Writes an entry at the end of a map, or behind its key where that stands there with nothing behind it. */
function addition(root: YamlMap, { into, key, value }: Extract<Remedy, { readonly do: 'insert' }>, text: string): FixEdit | undefined {
  const map = mapAt(root, into);
  if (map === undefined) return undefined;
  const empty = map.entry(key);
  if (empty === undefined) return insertEntry(text, map, key, value);
  if (map.flow || empty.value.type !== 'scalar' || empty.value.value !== null) return undefined;
  const column = ' '.repeat(empty.keyRange.start - lineStart(text, empty.keyRange.start) + 2);
  const isBelow = /\n|^- |^[\w-]+:(\s|$)/.test(value);
  const written = isBelow ? `\n${column}${value.replaceAll('\n', `\n${column}`)}` : ` ${value}`;
  return {
    range: { start: text.indexOf(':', empty.keyRange.end) + 1, end: Math.max(empty.value.end, empty.keyRange.end + 1) },
    text: written,
  };
}

/** The map that stands at a range. */
function mapAt(node: YamlNode, { start, end }: Range): YamlMap | undefined {
  if (node.type === 'map' && node.start === start && node.end === end) return node;
  const inner = node.type === 'map' ? node.entries.map((entry) => entry.value) : node.type === 'list' ? node.items : [];
  for (const it of inner) {
    const found = it.start <= start && end <= it.end ? mapAt(it, { start, end }) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The entry whose key is at a range. */
function placeOf(root: YamlNode, key: Range): EntryPlace | undefined {
  if (root.type === 'map') {
    const index = root.entries.findIndex((entry) => entry.keyRange.start === key.start && entry.keyRange.end === key.end);
    if (index >= 0) return { map: root, entry: root.entries[index]!, index };
  }
  const inner = root.type === 'map' ? root.entries.map((entry) => entry.value) : root.type === 'list' ? root.items : [];
  for (const node of inner) {
    const found = node.start <= key.start && key.end <= node.end ? placeOf(node, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Takes an entry out of its map; undefined for the only entry, which would leave nothing behind. */
function removal({ map, entry, index }: EntryPlace, text: string): FixEdit | undefined {
  const next = map.entries[index + 1];
  const before = map.entries[index - 1];
  if (map.flow) {
    if (next) return { range: { start: entry.keyRange.start, end: next.keyRange.start }, text: '' };
    return before && { range: { start: before.value.end, end: entry.value.end }, text: '' };
  }
  if (next === undefined && before === undefined) return undefined;
  const line = lineStart(text, entry.keyRange.start);
  // Behind "- ", the next entry takes the place of this one.
  if (text.slice(line, entry.keyRange.start).trim() !== '')
    return next && { range: { start: entry.keyRange.start, end: next.keyRange.start }, text: '' };
  return { range: { start: line, end: lineEnd(text, endOf(entry)) }, text: '' };
}

/** Takes an entry out of its map and puts it, with its indentation corrected, in front of the one that leads to that map. */
function moveUp(root: YamlMap, key: Range, into: Range, text: string): readonly FixEdit[] | undefined {
  const place = placeOf(root, key);
  const target = placeOf(root, into);
  if (!place || !target || place.map.flow || target.map.flow) return undefined;
  const taken = removal(place, text);
  const holder = target.map.entries.find((entry) => entry.value.start <= key.start && key.end <= entry.value.end);
  if (!taken || !('range' in taken) || !holder) return undefined;
  const column = place.entry.keyRange.start - lineStart(text, place.entry.keyRange.start);
  const wanted = holder.keyRange.start - lineStart(text, holder.keyRange.start);
  const end = lineEnd(text, endOf(place.entry));
  const lines = text.slice(place.entry.keyRange.start, end).replace(/\n$/, '').split('\n');
  const moved = lines.map((line, i) =>
    i === 0 || line.trim() === '' ? line : ' '.repeat(wanted) + line.slice(Math.min(column, line.length - line.trimStart().length)),
  );
  return [
    { range: { start: holder.keyRange.start, end: holder.keyRange.start }, text: `${moved.join('\n')}\n${' '.repeat(wanted)}` },
    taken,
  ];
}

function endOf(entry: YamlEntry): number {
  return Math.max(entry.value.end, entry.keyRange.end);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the line break of the line that an offset is on; at the line's own start where the offset is there. */
function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text.charAt(offset - 1) === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function plain({ start, end }: Range): Range {
  return { start, end };
}
