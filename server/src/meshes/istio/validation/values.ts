import { isPlaceholder } from '../../../model/placeholders.js';
import { isCalledPatch, type Resource } from '../../../model/resource.js';
import { isUnknown } from '../../../schema/unknown.js';
import type { Range } from '../../../text/range.js';
import type { YamlEntry, YamlMap, YamlNode } from '../../../yaml/node.js';

/**
 * How the rules of the admission webhook read values: what a template, a patch or a person fills in later is not judged, and a null
 * is as good as absent.
 */

/** Text at a path; undefined where it is absent, no string, or not yet what will be applied. */
export function writtenText(node: YamlNode | undefined, path = ''): string | undefined {
  const found = path === '' ? node : node?.get(path);
  if (found?.type !== 'scalar' || isUnknown(found) || typeof found.value !== 'string') return undefined;
  return isPlaceholder(found.value) || found.value.includes('{{') ? undefined : found.value;
}

/** Whether a document is a whole object, not a patch or another fragment, so that what it lacks is lacking. */
export function isWhole(resource: Resource): boolean {
  const { root } = resource;
  return !(resource.partial || root.partial || root.entry('$patch') !== undefined || isCalledPatch(resource.uri));
}

/** Whether a map surely has none of some fields. */
export function lacks(resource: Resource, node: YamlNode | undefined, ...names: readonly string[]): boolean {
  return itemLacks(node, ...names) && isWhole(resource);
}

/**
 * Whether an item of a list surely has none of some fields. A patch replaces the lists of a custom resource whole, so that their items
 * are complete even there.
 */
export function itemLacks(node: YamlNode | undefined, ...names: readonly string[]): boolean {
  return node?.type === 'map' && !names.some((name) => node.has(name)) && !node.partial && !node.entries.some((it) => it.keyOpaque);
}

/** Whether a map surely lacks a list under a name, or has an empty one. */
export function lacksItems(resource: Resource, node: YamlNode | undefined, name: string): boolean {
  const list = node?.get(name);
  if (list?.type === 'list') return list.items.length === 0 && !list.partial && isWhole(resource);
  return lacks(resource, node, name);
}

/** Whether a text field is surely absent or empty. */
export function lacksText(resource: Resource, node: YamlNode | undefined, name: string): boolean {
  return lacks(resource, node, name) || (node?.text(name) === '' && isWhole(resource));
}

/** Whether a field holds, or may hold, something other than nothing: text that is not empty, a list with items, any map, or a value to come. */
export function isSet(node: YamlNode, name: string): boolean {
  const found = node.get(name);
  if (found === undefined || !node.has(name)) return false;
  switch (found.type) {
    case 'map':
      return true;
    case 'list':
      return found.partial || found.items.length > 0;
    case 'scalar':
      return found.opaque || (found.value !== '' && found.value !== 0 && found.value !== false);
  }
}

/** Whether a field holds something whatever a template makes of it. */
export function isSurelySet(node: YamlNode, name: string): boolean {
  const found = node.get(name);
  if (found?.type === 'scalar' && found.opaque) return false;
  return isSet(node, name) && !(found?.type === 'list' && found.items.length === 0);
}

/** Entries whose keys are known. */
export function knownEntries(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.type === 'map' ? node.entries.filter((it) => !it.keyOpaque && !isPlaceholder(it.key)) : [];
}

/** Where something is missing in a node: the key that holds it; of an item of a list, the item's first key. */
export function placeOfLack(root: YamlMap, node: YamlNode): Range {
  if (node.type === 'map' && node.entries.length > 0 && isItem(root, node)) return node.entries[0]!.keyRange;
  return keyAbove(root, node) ?? node;
}

/** The key of a field; the node's own place where it has no such field. */
export function placeOfKey(root: YamlMap, node: YamlNode, name: string): Range {
  return (node.type === 'map' ? node.entry(name)?.keyRange : undefined) ?? placeOfLack(root, node);
}

function isItem(from: YamlNode, wanted: YamlNode): boolean {
  if (from.type === 'list' && from.items.includes(wanted)) return true;
  return innerOf(from).some((it) => it.start <= wanted.start && wanted.end <= it.end && isItem(it, wanted));
}

/** Key of the entry that holds a node; for an item that is no map with keys, nothing. */
function keyAbove(from: YamlNode, wanted: YamlNode): Range | undefined {
  if (from.type === 'map') {
    const holder = from.entries.find((it) => it.value === wanted);
    if (holder) return holder.keyRange;
  }
  for (const it of innerOf(from)) {
    const found = it.start <= wanted.start && wanted.end <= it.end ? keyAbove(it, wanted) : undefined;
    if (found) return found;
  }
  return undefined;
}

function innerOf(node: YamlNode): readonly YamlNode[] {
  return node.type === 'map' ? node.entries.map((it) => it.value) : node.type === 'list' ? node.items : [];
}

/** Written text as a message shows it: in quotes, and cut where it is long. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `"${line.length > 40 ? `${line.slice(0, 37)}…` : line}"`;
}
