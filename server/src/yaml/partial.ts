import type { Action } from './mask.js';
import { YamlList, YamlMap, YamlScalar, type YamlEntry, type YamlNode } from './node.js';
import { lineStart } from './problems.js';

/**
 * Marks the maps and lists to which template actions that stand alone on their lines may add entries. A key whose value would be
 * nothing but such an action gets an opaque one.
 */
export function markPartial(root: YamlNode, text: string, actions: readonly Action[]): YamlNode {
  let marked = root;
  for (const action of actions) if (action.alone && !action.control) marked = markOne(marked, text, action);
  return marked;
}

function markOne(node: YamlNode, text: string, action: Action): YamlNode {
  if (node.type === 'scalar')
    return node.style === 'empty' && !node.opaque ? new YamlScalar(node.start, node.end, null, 'empty', true) : node;
  if (node.flow) return node.start < action.start && action.end <= node.end ? within(partial(node), text, action) : node;
  const column = node.start - lineStart(text, node.start);
  // At the column of a map both its keys and the items of a list below its last key may stand.
  return within(action.column <= column ? partial(node) : node, text, action);
}

/** Goes on with the last value that begins above the action. */
function within(node: YamlMap | YamlList, text: string, action: Action): YamlNode {
  if (node.type === 'map') {
    const index = lastIndexOf(node.entries, (it) => it.keyRange.start < action.start);
    const entry = node.entries[index];
    if (entry === undefined || !reaches(node, entry.value, text, action)) return node;
    if (isComplete(entry.value)) return partial(node);
    const value = markOne(entry.value, text, action);
    if (value === entry.value) return node;
    const entries: YamlEntry[] = [...node.entries];
    entries[index] = { key: entry.key, keyRange: entry.keyRange, keyOpaque: entry.keyOpaque, value };
    return new YamlMap(node.start, node.end, entries, node.flow, node.partial);
  }
  const index = lastIndexOf(node.items, (it) => it.start < action.start);
  const item = node.items[index];
  if (item === undefined || !reaches(node, item, text, action)) return node;
  const value = markOne(item, text, action);
  if (value === item) return node;
  const items = [...node.items];
  items[index] = value;
  return new YamlList(node.start, node.end, items, node.flow, node.partial);
}

/** Whether nothing can be added to a value, so that what stands below it must belong elsewhere. */
function isComplete(value: YamlNode): boolean {
  return value.type === 'scalar' && value.style !== 'empty' && !value.opaque;
}

/** Whether what an action prints, in its column, can belong to a value within a map or list. */
function reaches(outer: YamlMap | YamlList, value: YamlNode, text: string, action: Action): boolean {
  if (value.type !== 'scalar' && value.flow) return true;
  if (outer.flow) return value.type !== 'scalar';
  const column = outer.start - lineStart(text, outer.start);
  if (action.column > column) return true;
  return (
    outer.type === 'map' &&
    action.column === column &&
    (value.type === 'list' ? value.start - lineStart(text, value.start) === column : false)
  );
}

function partial(node: YamlMap | YamlList): YamlMap | YamlList {
  if (node.partial) return node;
  return node.type === 'map'
    ? new YamlMap(node.start, node.end, node.entries, node.flow, true)
    : new YamlList(node.start, node.end, node.items, node.flow, true);
}

function lastIndexOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  for (let i = items.length - 1; i >= 0; i--) if (holds(items[i]!)) return i;
  return -1;
}
