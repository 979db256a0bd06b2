import type { Resource } from '../../model/resource.js';
import type { Range } from '../../text/range.js';
import type { YamlNode } from '../../yaml/node.js';

/** Range of the key at a path; undefined where the path leads nowhere. */
export function keyRange(node: YamlNode, path: string): Range | undefined {
  const dot = path.lastIndexOf('.');
  const parent = dot < 0 ? node : node.get(path.slice(0, dot));
  return parent?.type === 'map' ? parent.entry(path.slice(dot + 1))?.keyRange : undefined;
}

/** Where a thing is that a resource lacks: the innermost key of the path that is written, else the resource's name. */
export function placeOfAbsent(resource: Resource, path: string): Range {
  for (let steps = path.split('.'); steps.length > 0; steps = steps.slice(0, -1)) {
    const key = keyRange(resource.root, steps.join('.'));
    if (key) return key;
  }
  return placeOfName(resource);
}

/** The resource's name; the whole resource where it has none. */
export function placeOfName(resource: Resource): Range {
  return resource.root.get('metadata.name') ?? resource.root;
}

/** The entry of a label or annotation, whose key holds dots. */
export function entryOf(node: YamlNode, mapPath: string, key: string): { readonly keyRange: Range; readonly value: YamlNode } | undefined {
  return node.map(mapPath)?.entry(key);
}
