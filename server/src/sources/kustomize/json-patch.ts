import { toJson } from '../../yaml/json.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { mapAt, withItems, withoutKey, withValue } from './tree.js';

/** Applies the operations of a JSON 6902 patch in order. One that cannot be applied changes nothing, where Kustomize would stop. */
export function applyOperations(root: YamlMap, operations: readonly YamlNode[]): YamlMap {
  let result: YamlNode = root;
  for (const operation of operations) {
    if (operation.type !== 'map') continue;
    const path = operation.get('path');
    const steps = stepsOf(path?.text());
    if (path === undefined || steps === undefined) continue;
    const value = operation.get('value');
    switch (operation.text('op')) {
      case 'add':
        if (value) result = add(result, steps, value, path);
        break;
      case 'replace':
        if (value && at(result, steps) !== undefined) result = put(result, steps, value);
        break;
      case 'remove':
        result = remove(result, steps);
        break;
      case 'move':
      case 'copy': {
        const from = stepsOf(operation.text('from'));
        const found = from && at(result, from);
        if (from === undefined || found === undefined) break;
        if (operation.text('op') === 'move') result = remove(result, from);
        result = add(result, steps, found, path);
        break;
      }
      case 'test':
        if (value && JSON.stringify(toJson(value)) !== JSON.stringify(at(result, steps) && toJson(at(result, steps)!)))
          return result.type === 'map' ? result : root;
        break;
    }
  }
  return result.type === 'map' ? result : root;
}

function stepsOf(pointer: string | undefined): readonly string[] | undefined {
  if (pointer === undefined || !pointer.startsWith('/')) return pointer === '' ? [] : undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function at(node: YamlNode, steps: readonly string[]): YamlNode | undefined {
  let found: YamlNode | undefined = node;
  for (const step of steps) {
    if (found?.type === 'map') found = found.entry(step)?.value;
    else if (found?.type === 'list') found = found.items[indexIn(found.items.length, step)];
    else return undefined;
  }
  return found;
}

/** Position in a list; negative ones count from its end, as the library does that Kustomize uses. */
function indexIn(length: number, step: string): number {
  const index = /^-?\d+$/.test(step) ? Number(step) : Number.NaN;
  return index < 0 ? length + index : index;
}

function within(node: YamlNode, steps: readonly string[], change: (parent: YamlNode, last: string) => YamlNode): YamlNode {
  const [step, ...rest] = steps;
  if (step === undefined) return node;
  if (rest.length === 0) return change(node, step);
  if (node.type === 'map') {
    const value = node.entry(step)?.value;
    if (value === undefined) return node;
    const after = within(value, rest, change);
    return after === value ? node : withValue(node, step, after);
  }
  if (node.type !== 'list') return node;
  const index = indexIn(node.items.length, step);
  return withItems(
    node,
    node.items.map((item, i) => (i === index ? within(item, rest, change) : item)),
  );
}

function put(root: YamlNode, steps: readonly string[], value: YamlNode): YamlNode {
  if (steps.length === 0) return value;
  return within(root, steps, (parent, last) => {
    if (parent.type === 'map') return withValue(parent, last, value);
    if (parent.type !== 'list') return parent;
    const index = indexIn(parent.items.length, last);
    return withItems(
      parent,
      parent.items.map((item, i) => (i === index ? value : item)),
    );
  });
}

function add(root: YamlNode, steps: readonly string[], value: YamlNode, path: YamlNode): YamlNode {
  if (steps.length === 0) return value;
  return within(root, steps, (parent, last) => {
    if (parent.type === 'scalar' && parent.value === null && !parent.opaque) return withValue(mapAt(parent, []), last, value, path);
    if (parent.type === 'map') return withValue(parent, last, value, path);
    if (parent.type !== 'list') return parent;
    const index = last === '-' ? parent.items.length : indexIn(parent.items.length, last);
    if (!(index >= 0 && index <= parent.items.length)) return parent;
    return withItems(parent, [...parent.items.slice(0, index), value, ...parent.items.slice(index)]);
  });
}

function remove(root: YamlNode, steps: readonly string[]): YamlNode {
  return within(root, steps, (parent, last) => {
    if (parent.type === 'map') return withoutKey(parent, last);
    if (parent.type !== 'list') return parent;
    const index = indexIn(parent.items.length, last);
    return withItems(
      parent,
      parent.items.filter((_, i) => i !== index),
    );
  });
}
