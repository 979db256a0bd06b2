import { labelsIn, type Labels } from '../../model/selectors.js';
import type { Resource } from '../../model/resource.js';
import { keptForLatest } from '../../yaml/latest.js';
import type { YamlNode } from '../../yaml/node.js';

/** Labels of a selector map; undefined where there is none. */
export function labelsAt(node: YamlNode, path: string): Labels | undefined {
  const map = node.map(path);
  return map && labelsIn(map);
}

const NO_TEXTS: readonly string[] = [];

/** Literal texts of a list; what a template fills in is left out. */
export function textsAt(node: YamlNode, path: string): readonly string[] {
  const items = node.listIn(path);
  if (items.length === 0) return NO_TEXTS;
  // Asked for again and again: flatMap takes ten times as long.
  const texts: string[] = [];
  for (const item of items) {
    const text = item.text();
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

/** Whether a template or a patch may add to or fill in what stands at a path: absence proves nothing there. */
export function isOpen(resource: Resource, ...paths: readonly string[]): boolean {
  if (resource.partial || resource.root.partial) return true;
  if (!hidesSomething(resource.root)) return false;
  return paths.some((path) => resource.root.list(path).some((node) => hasOpaque(node)));
}

/** Whether a template fills in anything of a document: most have none, and whoever looks at a part of it need not look any further. */
export const hidesSomething = keptForLatest(hasOpaque);

/** Whether a template fills in some of a value. */
export function hasOpaque(node: YamlNode): boolean {
  switch (node.type) {
    case 'scalar':
      return node.opaque;
    case 'list':
      if (node.partial) return true;
      for (const item of node.items) if (hasOpaque(item)) return true;
      return false;
    case 'map':
      if (node.partial) return true;
      for (const { keyOpaque, value } of node.entries) if (keyOpaque || hasOpaque(value)) return true;
      return false;
  }
}
