import type { Range } from '../text/range.js';
import { maskTemplates } from '../yaml/mask.js';
import { YamlList, YamlMap, YamlScalar, type YamlEntry, type YamlNode } from '../yaml/node.js';
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
  if (!/\{\{-?\s*(?:else|define)\b/.test(text)) return undefined;
  const regions = regionsOf(text);
  const others = [...regions.others, ...regions.definitions];
  return others.length === 0 ? undefined : (tree) => chosen(tree, others) as YamlMap;
}

/** Where branches are that come after the first of their kind, and where things are defined. */
function regionsOf(text: string): { readonly others: readonly Range[]; readonly definitions: readonly Range[] } {
  const others: Range[] = [];
  const definitions: Range[] = [];
  const open: { start: number; isFirst: boolean; isDefinition: boolean }[] = [];
  for (const { start, end, control } of maskTemplates(text).actions) {
    if (!control) continue;
    const word = /^\{\{-?\s*(\w+)/.exec(text.slice(start, end))?.[1];
    const branch = open.at(-1);
    if (word === 'if' || word === 'with' || word === 'range' || word === 'define' || word === 'block') {
      open.push({ start: end, isFirst: true, isDefinition: word === 'define' });
    } else if (word === 'else' && branch !== undefined) {
      if (!branch.isFirst) others.push({ start: branch.start, end: start });
      open[open.length - 1] = { start: end, isFirst: false, isDefinition: false };
    } else if (word === 'end' && branch !== undefined) {
      if (!branch.isFirst) others.push({ start: branch.start, end: start });
      if (branch.isDefinition) definitions.push({ start: branch.start, end: start });
      open.pop();
    }
  }
  return { others, definitions };
}

function chosen(node: YamlNode, others: readonly Range[]): YamlNode {
  if (node.type === 'scalar') return node;
  // Of a map that is all in one branch, that branch is the one that counts.
  const outer = others.filter((it) => !(it.start <= node.start && node.end <= it.end));
  const isLeftOut = (start: number): boolean => outer.some((it) => it.start <= start && start < it.end);
  if (node.type === 'list') {
    const items = node.items.filter((it) => !isLeftOut(it.start)).map((it) => chosen(it, others));
    const isSame = items.length === node.items.length && items.every((it, i) => it === node.items[i]);
    return isSame ? node : new YamlList(node.start, node.end, items, node.flow, node.partial || items.length < node.items.length);
  }
  const left = node.entries.filter((it) => isLeftOut(it.keyRange.start));
  const entries = node.entries.flatMap((it): YamlEntry[] => {
    if (left.includes(it)) return [];
    const value = left.some(({ key }) => key === it.key) ? unknown(it.value) : chosen(it.value, others);
    return [value === it.value ? it : entryWith(it, value)];
  });
  const isSame = left.length === 0 && entries.every((it, i) => it === node.entries[i]);
  return isSame ? node : new YamlMap(node.start, node.end, entries, node.flow, node.partial || left.length > 0);
}

function unknown({ start, end }: YamlNode): YamlScalar {
  return new YamlScalar(start, end, '', 'plain', true);
}
