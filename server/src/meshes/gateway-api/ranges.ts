import type { Range } from '../../text/range.js';
import type { YamlNode } from '../../yaml/node.js';

/** Range of a key of a map. */
export function keyRange(node: YamlNode, key: string): Range | undefined {
  return node.type === 'map' ? node.entry(key)?.keyRange : undefined;
}
