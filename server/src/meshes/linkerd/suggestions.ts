import type { Certainty, Fix, Problem } from '../../rules/rule.js';
import { nearest } from '../../text/nearest.js';
import type { TextEdit } from '../../text/edit.js';
import { insertEntry, replaceValue } from '../../yaml/edit.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { nodeAt } from '../../yaml/path.js';

/** How a name that nothing has is told, and what may have been meant. */
export interface Lack {
  readonly certainty: Certainty;
  /** Behind the message: ` in this workspace`, or what exists. */
  readonly where: string;
  readonly data: ChangeData;
}

export interface ChangeData {
  /** Values to choose from, the likeliest first. */
  readonly values: readonly (string | number)[];
  /** The first one is surely meant. */
  readonly isCertain: boolean;
}

/** `owned`: the workspace holds others of the sort, so that a missing one would show. */
export function lackOf(written: string, known: Iterable<string>, owned: boolean): Lack {
  const names = [...new Set(known)].sort();
  const near = nearest(written, names);
  return {
    certainty: near !== undefined ? 'near' : owned ? 'owned' : 'unseen',
    where: near === undefined ? ' in this workspace' : ` ("${near}" exists)`,
    data: {
      values: [...(near === undefined ? [] : [near]), ...names.filter((it) => it !== near)].slice(0, 3),
      isCertain: near !== undefined,
    },
  };
}

/** The value of a fixed set that was meant, and the others that may have been. */
export function choiceOf(written: string, values: readonly string[], spellings: Readonly<Record<string, string>> = {}): ChangeData {
  const meant = spellings[written.toLowerCase()] ?? nearest(written, values);
  return { values: meant === undefined ? values.slice(0, 3) : [meant], isCertain: meant !== undefined };
}

/** Fixes that put one of the values in place of what was written. */
export function changeFixes(root: YamlNode, problem: Problem, text: string): readonly Fix[] {
  const { values, isCertain } = problem.data as ChangeData;
  const node = scalarAt(root, problem);
  if (node === undefined) return [];
  return values.map((value, i) => ({
    title: `Change to ${typeof value === 'string' ? `"${value}"` : value}`,
    preferred: isCertain && i === 0,
    edits: [replaceValue(text, node, value)],
  }));
}

/** The scalar that a problem is about. */
export function scalarAt(root: YamlNode, { at }: Problem): YamlNode | undefined {
  const node = nodeAt(root, at.start).at(-1)?.node;
  return node?.type === 'scalar' && node.start === at.start ? node : undefined;
}

/** The map that holds the scalar which a problem is about, or is itself what it is about. */
export function mapAt(root: YamlNode, { at }: Problem): YamlMap | undefined {
  const steps = nodeAt(root, at.start);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { node } = steps[i]!;
    if (node.type === 'map') return node;
  }
  return undefined;
}

/** Writes the group of a reference; the core group in quotes, since an empty value would be none. */
export function setGroup(text: string, map: YamlMap, group: string): TextEdit {
  const written = map.get('group');
  if (written === undefined) return insertEntry(text, map, 'group', group === '' ? '""' : group);
  return group === '' ? { range: { start: written.start, end: written.end }, text: '""' } : replaceValue(text, written, group);
}
