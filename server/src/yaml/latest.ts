import type { YamlNode } from './node.js';

/** What a function says of the tree that it was asked about last is kept: rules ask the same of one tree, one after the other. */
export function keptForLatest<T>(find: (root: YamlNode) => T): (root: YamlNode) => T {
  let latest: { readonly root: YamlNode; readonly found: T } | undefined;
  return (root) => {
    if (latest?.root !== root) latest = { root, found: find(root) };
    return latest.found;
  };
}
