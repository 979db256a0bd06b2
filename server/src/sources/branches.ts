import type { Range } from '../text/range.js';
import { maskTemplates } from '../yaml/mask.js';
import { YamlList, YamlMap, YamlScalar, type YamlEntry, type YamlNode } from '../yaml/node.js';
import { filled, type HelmValues } from './helm.js';
import { entryWith } from './kustomize/tree.js';

/** Where a template defines what others include: nothing there is part of the document around it. */
export function definitionsIn(text: string): readonly Range[] {
  return /\{\{-?\s*define\b/.test(text) ? regionsOf(text).definitions : NONE;
}

const NONE: readonly Range[] = [];

/**
 * Of branches that exclude one another (`if`, `else if`, `else`), a tree with the first of each: the others are not there beside it. What
 * several branches say of one key is unknown. Undefined for a template without such branches.
 */
export function oneBranch(text: string): ((tree: YamlMap) => YamlMap) | undefined {
  if (!text.includes('{{') || !/\{\{-?\s*(?:else|define)\b/.test(text)) return undefined;
  const regions = regionsOf(text);
  const others = [...regions.choices.flatMap((it) => it.slice(1)), ...regions.definitions];
  return others.length === 0 ? undefined : (tree) => chosen(tree, others) as YamlMap;
}

/** One of several branches, and the tree in which it is there and those that it excludes are not. */
export interface Branch {
  readonly at: Range;
  readonly in: (tree: YamlMap) => YamlMap;
}

/** More than these in one document nobody reads through. */
const MOST_BRANCHES = 32;

/** Each branch that excludes others, with the branches around it; of what it does not exclude, it is as in `oneBranch`. */
export function branchesIn(text: string): readonly Branch[] {
  if (!text.includes('{{') || !/\{\{-?\s*else\b/.test(text)) return [];
  const { choices, definitions } = regionsOf(text);
  const branches = choices.flatMap((it) => (it.length > 1 ? it : [])).filter((it) => !definitions.some((other) => contains(other, it)));
  return branches.slice(0, MOST_BRANCHES).map((at) => {
    const left = choices.flatMap((choice) => {
      const around = choice.find((it) => contains(it, at)) ?? choice[0];
      return choice.filter((it) => it !== around);
    });
    return { at, in: (tree) => chosen(tree, [...left, ...definitions], at) as YamlMap };
  });
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

interface Regions {
  /** Branches of which one is there, in their order. */
  readonly choices: readonly (readonly Range[])[];
  readonly definitions: readonly Range[];
}

/** Where branches are, and where things are defined. */
function regionsOf(text: string): Regions {
  const choices: Range[][] = [];
  const definitions: Range[] = [];
  const open: { start: number; readonly isDefinition: boolean; readonly branches: Range[] }[] = [];
  for (const { start, end, control } of maskTemplates(text).actions) {
    if (!control) continue;
    const word = /^\{\{-?\s*(\w+)/.exec(text.slice(start, end))?.[1];
    const branch = open.at(-1);
    if (word === 'if' || word === 'with' || word === 'range' || word === 'define' || word === 'block') {
      const branches: Range[] = [];
      if (word !== 'define') choices.push(branches);
      open.push({ start: end, isDefinition: word === 'define', branches });
    } else if (word === 'else' && branch !== undefined) {
      branch.branches.push({ start: branch.start, end: start });
      branch.start = end;
    } else if (word === 'end' && branch !== undefined) {
      if (branch.isDefinition) definitions.push({ start: branch.start, end: start });
      else branch.branches.push({ start: branch.start, end: start });
      open.pop();
    }
  }
  return { choices, definitions };
}

/** What is within `alone` is known whatever others say. */
function chosen(node: YamlNode, others: readonly Range[], alone?: Range): YamlNode {
  if (node.type === 'scalar') return node;
  // Of a map that is all in one branch, that branch is the one that counts.
  const outer = others.filter((it) => !(it.start <= node.start && node.end <= it.end));
  const isLeftOut = (start: number): boolean => outer.some((it) => it.start <= start && start < it.end);
  if (node.type === 'list') {
    const items = node.items.filter((it) => !isLeftOut(it.start)).map((it) => chosen(it, others, alone));
    const isSame = items.length === node.items.length && items.every((it, i) => it === node.items[i]);
    return isSame ? node : new YamlList(node.start, node.end, items, node.flow, node.partial || items.length < node.items.length);
  }
  const left = node.entries.filter((it) => isLeftOut(it.keyRange.start));
  const entries = node.entries.flatMap((it): YamlEntry[] => {
    if (left.includes(it)) return [];
    const isClashing = left.some(({ key }) => key === it.key) && !(alone && contains(alone, it.keyRange));
    const value = isClashing ? unknown(it.value) : chosen(it.value, others, alone);
    return [value === it.value ? it : entryWith(it, value)];
  });
  const isSame = left.length === 0 && entries.every((it, i) => it === node.entries[i]);
  return isSame ? node : new YamlMap(node.start, node.end, entries, node.flow, node.partial || left.length > 0);
}

function unknown({ start, end }: YamlNode): YamlScalar {
  return new YamlScalar(start, end, '', 'plain', true);
}

/** A template with its values, and of branches the first. */
export function asFarAsKnown(tree: YamlMap, values: HelmValues | undefined, branch: ((tree: YamlMap) => YamlMap) | undefined): YamlMap {
  const known = branch?.(tree) ?? tree;
  return values === undefined ? known : filled(known, values);
}
