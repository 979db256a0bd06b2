import type { Resource } from '../../model/resource.js';
import { rangeOf, type Range } from '../../text/range.js';
import { nearest } from '../../text/nearest.js';
import { choices, shown } from '../../schema/words.js';
import type { Fix, FixContext, Problem, Reads } from '../../rules/rule.js';
import { replaceValue } from '../../yaml/edit.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { nodeAt } from '../../yaml/path.js';

/** A finding about one place. */
export interface Finding {
  readonly at: Range;
  readonly message: string;
  readonly data?: unknown;
}

/** Fields of a map that hold something. */
export function present(node: YamlNode, names: readonly string[]): readonly string[] {
  return names.filter((name) => holds(node, name));
}

/** Whether a field holds something: neither null nor an empty text, list or map. */
export function holds(node: YamlNode, path: string): boolean {
  const value = node.get(path);
  if (value === undefined) return false;
  switch (value.type) {
    case 'scalar':
      return value.opaque || (value.value !== null && value.value !== '');
    case 'list':
      return value.partial || value.items.length > 0;
    case 'map':
      return value.partial || value.entries.length > 0;
  }
}

/** Whether a field is certainly without value: absent, null or empty, in a map that nothing else may add to. */
export function lacks(resource: Resource, node: YamlNode, name: string): boolean {
  return !resource.partial && !(node.type === 'map' && node.partial) && !holds(node, name);
}

/** The place of an item or a value: its first key, or the scalar itself. */
export function placeOf(node: YamlNode): Range {
  return node.type === 'map' && node.entries[0] ? node.entries[0].keyRange : node;
}

/** Where a map says something: the key of the field, else the first key. */
export function keyOf(node: YamlNode, name: string): Range {
  return (node.type === 'map' ? node.entry(name)?.keyRange : undefined) ?? placeOf(node);
}

/** The value of a field, or where it would be: an empty value has no place of its own. */
export function valueOf(node: YamlNode, name: string): Range {
  const value = node.get(name);
  return value && value.start < value.end ? value : keyOf(node, name);
}

/** Where a field of the resource stands, by the last key of a path that exists; the name where there is none of it. */
export function keyAt({ root }: Resource, path: string): Range {
  const steps = path.split('.');
  for (let length = steps.length; length > 0; length--) {
    const holder = length === 1 ? root : root.map(steps.slice(0, length - 1).join('.'));
    const entry = holder?.entry(steps[length - 1]!);
    if (entry) return entry.keyRange;
  }
  return root.get('metadata.name') ?? root;
}

/** The name of a resource, as the place for what concerns it as a whole. */
export function nameOf({ root }: Resource): Range {
  return root.get('metadata.name') ?? root.entry('kind')?.keyRange ?? root;
}

/** The spec of a resource; undefined where there is none. */
export function specOf({ root }: Resource): YamlMap | undefined {
  return root.map('spec');
}

/** A text that is none of the values it may be; an empty text counts as unset. */
export function* unknownValue(node: YamlNode | undefined, values: readonly string[], noun: string): Iterable<Finding> {
  const written = node?.text();
  if (node === undefined || written === undefined || written === '' || values.includes(written)) return;
  const near = nearValue(written, values);
  yield {
    at: node,
    message: `"${shown(written)}" is no ${noun}; use ${choices(values)}.`,
    ...(near !== undefined && { data: near }),
  };
}

/** The value that was surely meant. */
export function nearValue(written: string, values: readonly string[]): string | undefined {
  const flat = (text: string): string => text.toLowerCase().replaceAll(/[-_.\s]/g, '');
  return values.find((it) => flat(it) === flat(written)) ?? nearest(written, values);
}

/** Offers the value in `data`, where there is one. */
export function changeToNear({ resource, problem, text }: Pick<FixContext<Reads>, 'resource' | 'problem' | 'text'>): readonly Fix[] {
  const { data } = problem;
  const node = scalarAt(resource, problem);
  if (typeof data !== 'string' || node === undefined) return [];
  return [{ title: `Change to "${data}"`, preferred: true, edits: [replaceValue(text, node, data)] }];
}

/** The scalar that a problem marks. */
export function scalarAt(resource: Resource, { at }: Pick<Problem, 'at'>): YamlNode | undefined {
  const node = nodeAt(resource.root, at.start).at(-1)?.node;
  return node?.type === 'scalar' && node.start === at.start && node.end === at.end ? node : undefined;
}

/** The map that is the innermost around a place. */
export function mapAt(resource: Resource, at: Range): YamlMap | undefined {
  const maps = nodeAt(resource.root, at.start).flatMap(({ node, onKey }) => (node.type === 'map' && !onKey ? [node] : []));
  return maps.at(-1);
}

/** A part of a text as a range, where the scalar is written as it reads; else all of it. */
export function partOf(node: YamlNode, start: number, end: number): Range {
  const text = node.text() ?? '';
  const quotes = node.end - node.start - text.length;
  if (node.type !== 'scalar' || (quotes !== 0 && quotes !== 2) || node.style === 'block') return node;
  const shift = node.start + quotes / 2;
  return rangeOf(shift + start, shift + end);
}
