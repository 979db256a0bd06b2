import { encloses, touches, type Range } from '../text/range.js';
import type { YamlEntry, YamlNode } from './node.js';

/** One step on the way from a root to a place: the node reached, and how its parent calls it. */
export interface PathStep {
  readonly node: YamlNode;
  /** The entry of the parent map that the node is the value of; undefined for the root and for items. */
  readonly entry?: YamlEntry;
  /** Position in the parent list; undefined for the root and for values of maps. */
  readonly index?: number;
  /** Whether the offset is on the entry's key rather than in the node itself. */
  readonly onKey: boolean;
}

/**
 * Path of the deepest node, or key, that a range lies in: `spec.http[0].match`, with keys that are no plain words
 * as `metadata.labels["app.kubernetes.io/name"]`. Empty for the root and for what lies outside of it.
 */
export function pathAt(root: YamlNode, range: Range): string {
  let path = '';
  let node = root;
  for (;;) {
    if (node.type === 'map') {
      const entry = lastOf(node.entries, (it) => spans(it, range));
      if (entry === undefined) return path;
      path += keyStep(entry.key, path === '');
      if (!encloses(entry.value, range) || encloses(entry.keyRange, range)) return path;
      node = entry.value;
    } else if (node.type === 'list') {
      const index = node.items.findIndex((it) => encloses(it, range));
      if (index < 0) return path;
      path += `[${index}]`;
      node = node.items[index]!;
    } else return path;
  }
}

/**
 * The same for a tree whose nodes stand in several documents, so that a map need not lie around what it holds: path of the smallest
 * node or key, wherever it is, that a range lies in.
 */
export function pathTo(root: YamlNode, range: Range): string {
  let best: { readonly path: string; readonly size: number } | undefined;
  const offer = (path: string, { start, end }: Range): void => {
    if (start <= range.start && range.end <= end && (best === undefined || end - start <= best.size)) best = { path, size: end - start };
  };
  const visit = (node: YamlNode, path: string): void => {
    offer(path, node);
    if (node.type === 'map') {
      for (const { key, keyRange, value } of node.entries) {
        const inner = path + keyStep(key, path === '');
        offer(inner, keyRange);
        visit(value, inner);
      }
    } else if (node.type === 'list') node.items.forEach((it, i) => visit(it, `${path}[${i}]`));
  };
  visit(root, '');
  return best?.path ?? '';
}

/** The steps from the root down to the deepest node that an offset touches; just the root where it touches none. */
export function nodeAt(root: YamlNode, offset: number): readonly PathStep[] {
  const steps: PathStep[] = [{ node: root, onKey: false }];
  for (let node = root; ;) {
    if (node.type === 'map') {
      const onKey = node.entries.find((it) => touches(it.keyRange, offset));
      const entry = onKey ?? lastOf(node.entries, (it) => touches(it.value, offset));
      if (entry === undefined) return steps;
      steps.push({ node: entry.value, entry, onKey: onKey !== undefined });
      if (onKey !== undefined) return steps;
      node = entry.value;
    } else if (node.type === 'list') {
      const index = lastIndexOf(node.items, (it) => touches(it, offset));
      if (index < 0) return steps;
      node = node.items[index]!;
      steps.push({ node, index, onKey: false });
    } else return steps;
  }
}

/** A map key or list index as one step of a path. */
function keyStep(key: string, first: boolean): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return first ? key : `.${key}`;
}

/** Whether a range lies within an entry, from its key to the end of its value; entries that an alias brought in lie elsewhere. */
function spans(entry: YamlEntry, range: Range): boolean {
  return entry.keyRange.start <= range.start && range.end <= Math.max(entry.keyRange.end, entry.value.end);
}

function lastOf<T>(items: readonly T[], holds: (item: T) => boolean): T | undefined {
  const index = lastIndexOf(items, holds);
  return index < 0 ? undefined : items[index];
}

/** The last one, since a later item begins where the one before ends only if that one is empty. */
function lastIndexOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  for (let i = items.length - 1; i >= 0; i--) if (holds(items[i]!)) return i;
  return -1;
}
