import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import { subsetKey } from './hosts.js';
import { destinationsOf } from './kinds/traffic.js';

/** Subsets that a VirtualService sends traffic to, with their keys. */
export function subsetsUsed(resource: Resource): readonly { readonly at: YamlNode; readonly key: string; readonly subset: string }[] {
  return destinationsOf(resource).flatMap(({ node, named }) => {
    const at = node.get('subset');
    const subset = at?.text();
    return at === undefined || !subset || !named ? [] : [{ at, subset, key: subsetKey(named.host, subset) }];
  });
}
