import type { Range } from '../../text/range.js';
import { YamlList, YamlMap, YamlScalar, type ScalarValue, type YamlEntry, type YamlNode } from '../../yaml/node.js';

/** Trees made from other trees: nothing is changed in place, and what is not touched is shared. */

/** The same tree, its offsets moved. */
export function moved<N extends YamlNode>(node: N, by: number): N;
export function moved(node: YamlNode, by: number): YamlNode {
  if (by === 0) return node;
  switch (node.type) {
    case 'scalar':
      return new YamlScalar(node.start + by, node.end + by, node.value, node.style, node.opaque);
    case 'list':
      return new YamlList(
        node.start + by,
        node.end + by,
        node.items.map((it) => moved(it, by)),
        node.flow,
        node.partial,
      );
    case 'map':
      return new YamlMap(
        node.start + by,
        node.end + by,
        node.entries.map((it) => movedEntry(it, by)),
        node.flow,
        node.partial,
      );
  }
}

/** The same key with another value. Entries may make their ranges when asked, so that they cannot be spread. */
export function entryWith({ key, keyRange, keyOpaque }: Omit<YamlEntry, 'value'>, value: YamlNode): YamlEntry {
  return { key, keyRange, keyOpaque, value };
}

export function movedEntry({ key, keyRange, keyOpaque, value }: YamlEntry, by: number): YamlEntry {
  return { key, keyRange: { start: keyRange.start + by, end: keyRange.end + by }, keyOpaque, value: moved(value, by) };
}

/** The same tree, all of it at one place: for text whose parts cannot be told apart in the file. */
export function placedAt(node: YamlNode, { start, end }: Range): YamlNode {
  switch (node.type) {
    case 'scalar':
      return new YamlScalar(start, end, node.value, node.style, node.opaque);
    case 'list':
      return new YamlList(
        start,
        end,
        node.items.map((it) => placedAt(it, { start, end })),
        node.flow,
        node.partial,
      );
    case 'map':
      return new YamlMap(
        start,
        end,
        node.entries.map((it) =>
          entryWith({ key: it.key, keyOpaque: it.keyOpaque, keyRange: { start, end } }, placedAt(it.value, { start, end })),
        ),
        node.flow,
        node.partial,
      );
  }
}

export function scalarAt({ start, end }: Range, value: ScalarValue): YamlScalar {
  return new YamlScalar(start, end, value, 'plain', false);
}

/** A value that something we cannot follow fills in. */
export function unknownAt({ start, end }: Range): YamlScalar {
  return new YamlScalar(start, end, '', 'plain', true);
}

export function mapAt({ start, end }: Range, entries: readonly YamlEntry[]): YamlMap {
  return new YamlMap(start, end, entries, false);
}

export function withEntries(map: YamlMap, entries: readonly YamlEntry[]): YamlMap {
  return new YamlMap(map.start, map.end, entries, map.flow, map.partial);
}

export function withItems(list: YamlList, items: readonly YamlNode[]): YamlList {
  return new YamlList(list.start, list.end, items, list.flow, list.partial);
}

/** A map with a value under a key, at the place that the key has, else at the end. A new key stands at `at`. */
export function withValue(map: YamlMap, key: string, value: YamlNode, at: Range = value): YamlMap {
  const old = map.entry(key);
  if (old?.value === value) return map;
  const keyRange = { start: at.start, end: at.end };
  if (old === undefined) return withEntries(map, [...map.entries, { key, keyRange, keyOpaque: false, value }]);
  return withEntries(
    map,
    map.entries.map((it) => (it === old ? entryWith(it, value) : it)),
  );
}

export function withoutKey(map: YamlMap, key: string): YamlMap {
  const entries = map.entries.filter((it) => it.key !== key);
  return entries.length === map.entries.length ? map : withEntries(map, entries);
}

/** How a path is followed where it leads nowhere: maps are made, or nothing is done. */
export interface Create {
  /** Where made maps stand. */
  readonly at: Range;
}

/**
 * Changes what stands at the end of a path; steps are keys, indices, or `*` for all items of a list. `change` is given undefined
 * for what is missing (only with `create`), and may give undefined to take the value out.
 */
export function changed(
  node: YamlNode,
  steps: readonly string[],
  change: (value: YamlNode | undefined) => YamlNode | undefined,
  create?: Create,
): YamlNode {
  const [step, ...rest] = steps;
  if (step === undefined) return change(node) ?? node;
  if (node.type === 'list') {
    let differs = false;
    const items = node.items.map((item, i) => {
      if (step !== '*' && Number(step) !== i) return item;
      const after = changed(item, rest, change, create);
      differs ||= after !== item;
      return after;
    });
    return differs ? withItems(node, items) : node;
  }
  if (node.type !== 'map') {
    // An empty value is as good as none.
    if (node.value !== null || node.opaque || !create) return node;
    return changed(mapAt(node, []), steps, change, create);
  }
  const entry = node.entry(step);
  if (rest.length === 0) {
    const value = entry === undefined && !create ? undefined : change(entry?.value);
    if (entry === undefined && value === undefined) return node;
    return value === undefined ? withoutKey(node, step) : withValue(node, step, value, create?.at);
  }
  if (entry === undefined) {
    if (!create || rest[0] === '*') return node;
    const made = changed(mapAt(create.at, []), rest, change, create);
    return made.type === 'map' && made.entries.length === 0 ? node : withValue(node, step, made, create.at);
  }
  const after = changed(entry.value, rest, change, create);
  return after === entry.value ? node : withValue(node, step, after);
}
