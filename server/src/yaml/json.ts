import type { Json, YamlNode } from './node.js';

/** The plain data of a node, as the API server would read it. Opaque scalars keep their written text. */
export function toJson(node: YamlNode): Json {
  switch (node.type) {
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key, toJson(entry.value)]));
    case 'list':
      return node.items.map(toJson);
    case 'scalar':
      return node.value;
  }
}
