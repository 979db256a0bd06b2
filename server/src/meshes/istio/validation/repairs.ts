import type { Fix, FixContext, Reads } from '../../../rules/rule.js';
import { insertEntry, removeEntry, removeItem, replaceValue } from '../../../yaml/edit.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';

/** What removes a problem, where that is certain. */
export type Repair =
  /** Other text in place of the problem's node. */
  | { readonly write: string | number }
  /** Without the entry whose key, or value, is marked. */
  | { readonly remove: string }
  /** Without another entry of the map whose entry `of` is marked. */
  | { readonly removeBeside: string; readonly of: string }
  /** With one more entry in the map whose entry `of` is marked; `value` as YAML writes it. */
  | { readonly set: string; readonly value: string; readonly of: string }
  /** Without the item of these lists that the mark lies in. */
  | { readonly removeItemOf: string; readonly title: string };

/** Fixes of a rule whose problems say in `data` what removes them. */
export function repairs({ resource, problem, text }: Pick<FixContext<Reads>, 'resource' | 'problem' | 'text'>): readonly Fix[] {
  const repair = problem.data as (Repair & { readonly preferred?: boolean }) | readonly Repair[] | undefined;
  if (repair === undefined) return [];
  if (isSeveral(repair)) return repair.flatMap((data) => repairs({ resource, text, problem: { ...problem, data } }));
  if ('write' in repair) {
    const node = nodeAt(resource.root, problem.at.start, problem.at.end);
    return node
      ? [
          {
            title: `Change to ${typeof repair.write === 'string' ? `"${repair.write}"` : repair.write}`,
            preferred: repair.preferred ?? true,
            edits: [replaceValue(text, node, repair.write)],
          },
        ]
      : [];
  }
  if ('removeItemOf' in repair) {
    for (const list of resource.root.list(repair.removeItemOf)) {
      const index = list.type === 'list' ? list.items.findIndex((it) => it.start <= problem.at.start && problem.at.end <= it.end) : -1;
      const edit = list.type === 'list' ? removeItem(text, list, index) : undefined;
      if (edit) return [{ title: repair.title, edits: [edit] }];
    }
    return [];
  }
  if ('removeBeside' in repair) {
    const map = holderOf(resource.root, repair.of, problem.at.start);
    const edit = map && removeEntry(text, map, repair.removeBeside);
    return edit ? [{ title: `Remove "${repair.removeBeside}"`, edits: [edit] }] : [];
  }
  if ('set' in repair) {
    const map = holderOf(resource.root, repair.of, problem.at.start);
    const known = map?.entry(repair.set)?.value;
    if (!map || (known && known.type !== 'scalar')) return [];
    const edit = known
      ? { range: { start: known.start, end: known.end }, text: repair.value }
      : insertEntry(text, map, repair.set, repair.value);
    return [{ title: `Set ${repair.set}: ${repair.value.split('\n')[0]}`, edits: [edit] }];
  }
  const map = holderOf(resource.root, repair.remove, problem.at.start);
  const edit = map && removeEntry(text, map, repair.remove);
  return edit ? [{ title: `Remove "${repair.remove}"`, preferred: repair.preferred ?? false, edits: [edit] }] : [];
}

function isSeveral(data: unknown): data is readonly Repair[] {
  return Array.isArray(data);
}

function nodeAt(node: YamlNode, start: number, end: number): YamlNode | undefined {
  if (node.type === 'scalar') return node.start === start && node.end === end ? node : undefined;
  const inner = node.type === 'map' ? node.entries.map((it) => it.value) : node.items;
  for (const it of inner) {
    const found = it.start <= start && end <= it.end ? nodeAt(it, start, end) : undefined;
    if (found) return found;
  }
  return undefined;
}

function holderOf(node: YamlNode, key: string, start: number): YamlMap | undefined {
  if (node.type === 'scalar') return undefined;
  if (node.type === 'map') {
    const entry = node.entry(key);
    if (entry && (entry.keyRange.start === start || entry.value.start === start)) return node;
  }
  const inner = node.type === 'map' ? node.entries.map((it) => it.value) : node.items;
  for (const it of inner) {
    const found = it.start <= start && start <= it.end ? holderOf(it, key, start) : undefined;
    if (found) return found;
  }
  return undefined;
}
