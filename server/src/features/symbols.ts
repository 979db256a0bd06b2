import type { Kind } from '../model/kind.js';
import { displayName, type Resource } from '../model/resource.js';
import type { OutlineItem } from '../rules/editor.js';
import { shift, type Range } from '../text/range.js';
import type { YamlEntry, YamlNode } from '../yaml/node.js';
import { isSubsequence, moduleOf, namesKind } from './kinds.js';
import type { Place, ResourceView, SlotView, Snapshot } from './snapshot.js';

export type SymbolSort = OutlineItem['sort'] | 'workload' | 'service' | 'gateway' | 'policy' | 'namespace' | 'resource';

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly sort: SymbolSort;
  readonly range: Range;
  readonly selection: Range;
  readonly children: readonly DocumentSymbol[];
}

/** The outline of a file: its resources, and in each what one looks for. */
export function documentSymbols(snapshot: Snapshot, uri: string): readonly DocumentSymbol[] {
  const file = snapshot.file(uri);
  if (!file) return [];
  return file.slots.flatMap((slot) => slot.document.resources.map((view) => resourceSymbol(snapshot, slot, view)));
}

function resourceSymbol(snapshot: Snapshot, slot: SlotView, view: ResourceView): DocumentSymbol {
  const { resource } = view;
  const { root } = resource;
  const range = shift({ start: root.start, end: contentEnd(slot.document.text, root) }, slot.start);
  const name = root.get('metadata.name') ?? root.entry('kind')?.value ?? root;
  return {
    name: resource.name === '' ? resource.kind : `${resource.kind} ${resource.name}`,
    detail: resource.namespace ?? '',
    sort: sortOf(resource),
    range,
    selection: clamp(shift(name, slot.start), range),
    children: itemsOf(snapshot, view).map((item) => itemSymbol(slot, item, range)),
  };
}

function itemSymbol(slot: SlotView, item: OutlineItem, within: Range): DocumentSymbol {
  const range = clamp(shift(item.range, slot.start), within);
  return {
    name: item.name === '' ? item.sort : item.name,
    detail: item.detail ?? '',
    sort: item.sort,
    range,
    selection: clamp(shift(item.selection ?? item.range, slot.start), range),
    children: (item.children ?? []).map((child) => itemSymbol(slot, child, range)),
  };
}

function itemsOf(snapshot: Snapshot, { resource, kind }: ResourceView): readonly OutlineItem[] {
  const module = kind && moduleOf(snapshot.modules, kind);
  if (module) {
    const outline = module.editor?.outlines?.find((it) => namesKind(it.kinds, module, snapshot.modules, resource));
    if (outline) return outline.items(resource);
  }
  const spec = resource.root.map('spec') ?? resource.root;
  return spec.entries.filter((entry) => !PLUMBING.has(entry.key)).map((entry) => fieldItem(entry));
}

const PLUMBING = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function fieldItem(entry: YamlEntry): OutlineItem {
  const { value } = entry;
  return {
    name: entry.key,
    detail: value.type === 'scalar' ? scalarDetail(value) : value.type === 'list' ? `${value.items.length}` : '',
    sort: 'field',
    range: { start: entry.keyRange.start, end: Math.max(entry.keyRange.end, value.end) },
    selection: entry.keyRange,
  };
}

/** Contents of secrets and long texts are nothing for an outline. */
function scalarDetail(value: YamlNode): string {
  const text = value.text() ?? String(value.number() ?? value.boolean() ?? '');
  return text.length > 40 || text.includes('\n') ? '' : text;
}

export interface WorkspaceSymbol {
  readonly name: string;
  /** `VirtualService · shop`. */
  readonly container: string;
  readonly sort: SymbolSort;
  readonly place: Place;
}

/** Resources whose name, kind, short name or namespace hold every word of a query: `vs checkout`, `payments/`. */
export function workspaceSymbols(snapshot: Snapshot, query: string, limit = 500): readonly WorkspaceSymbol[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((it) => it !== '');
  const found: Found[] = [];
  for (const file of snapshot.files()) {
    for (const slot of file.slots) {
      for (const view of slot.document.resources) {
        const { resource, kind } = view;
        if (resource.name === '' || !kind) continue;
        const score = scoreOf(words, resource, kind);
        if (score !== undefined) insert(found, { score, view, uri: file.uri, start: slot.start }, limit);
      }
    }
  }
  return found.map(symbolOf);
}

interface Found {
  readonly score: number;
  readonly view: ResourceView;
  readonly uri: string;
  /** Where its document begins. */
  readonly start: number;
}

/** Keeps the best few in order: to sort all of ninety thousand takes half a second. Of equals, the one that came first is first. */
function insert(found: Found[], it: Found, limit: number): void {
  if (found.length >= limit && byScore(found[found.length - 1]!, it) <= 0) return;
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byScore(found[middle]!, it) <= 0) low = middle + 1;
    else high = middle;
  }
  found.splice(low, 0, it);
  if (found.length > limit) found.pop();
}

function byScore(a: Found, b: Found): number {
  return a.score - b.score || compare(a.view.resource.name, b.view.resource.name) || compare(a.uri, b.uri);
}

function symbolOf({ view: { resource, facts }, uri, start }: Found): WorkspaceSymbol {
  // Facts remember where the name stands, so no closed file is parsed for this.
  const range = facts.definitions.find((it) => it.range.end - it.range.start >= resource.name.length)?.range ?? { start: 0, end: 0 };
  const container = [resource.kind, resource.namespace].filter((it) => it !== undefined).join(' · ');
  return { name: resource.name, container, sort: sortOf(resource), place: { uri, range: shift(range, start) } };
}

/** Smaller is better; undefined where a word is found nowhere. Runs for every resource, so that it puts no texts together. */
function scoreOf(words: readonly string[], resource: Resource, { shortNames, plural }: Kind): number | undefined {
  const name = resource.name.toLowerCase();
  const kind = resource.kind.toLowerCase();
  const namespace = (resource.namespace ?? '').toLowerCase();
  let score = 0;
  for (const word of words) {
    if (name === word || shortNames.includes(word) || kind === word || plural === word) continue;
    if (name.startsWith(word)) score += 1;
    else if (name.includes(word)) score += 2;
    else if (namespace.includes(word) || kind.includes(word)) score += 3;
    else if (word.includes('/') && (displayName(resource).toLowerCase().includes(word) || `${kind}/${name}`.includes(word))) score += 3;
    else if (isSubsequence(word, name)) score += 5;
    else return undefined;
  }
  return score;
}

const WORKLOADS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Pod',
  'Job',
  'CronJob',
  'Rollout',
  'WorkloadEntry',
  'WorkloadGroup',
]);

function sortOf({ kind }: Resource): SymbolSort {
  if (WORKLOADS.has(kind)) return 'workload';
  if (kind === 'Service' || kind === 'ServiceEntry') return 'service';
  if (kind === 'Namespace') return 'namespace';
  if (kind.endsWith('Gateway')) return 'gateway';
  if (kind.endsWith('Route') || kind === 'VirtualService') return 'route';
  if (kind.endsWith('Policy') || kind.endsWith('Authentication')) return 'policy';
  return 'resource';
}

/** End of a node without the blank lines and comments behind it. */
function contentEnd(text: string, node: YamlNode): number {
  return node.start + text.slice(node.start, node.end).trimEnd().length;
}

function clamp(range: Range, within: Range): Range {
  const start = Math.min(Math.max(range.start, within.start), within.end);
  return { start, end: Math.max(start, Math.min(range.end, within.end)) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
