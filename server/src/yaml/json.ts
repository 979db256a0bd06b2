import type { Json, YamlMap, YamlNode } from './node.js';

/** The plain data of a node, as the API server would read it. Opaque scalars keep their written text. */
export function toJson(node: YamlNode): Json {
  switch (node.type) {
    case 'map':
      return mapToJson(node);
    case 'list':
      return node.items.map(toJson);
    case 'scalar':
      return node.value;
  }
}

/** Pairs that are only made to be taken apart would show. */
function mapToJson({ entries }: YamlMap): Json {
  const made: Record<string, Json> = {};
  for (const { key, value } of entries) {
    const json = toJson(value);
    if (key === '__proto__') Object.defineProperty(made, key, { value: json, enumerable: true, configurable: true, writable: true });
    else made[key] = json;
  }
  return made;
}
