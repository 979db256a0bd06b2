import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import { canonicalHost, subsetKey } from './hosts.js';
import { destinationsOf } from './kinds/traffic.js';

/** Subsets that a VirtualService sends traffic to, with their keys. */
export function subsetsUsed({
  root,
  namespace,
}: Resource): readonly { readonly at: YamlNode; readonly key: string; readonly subset: string }[] {
  return destinationsOf(root).flatMap(({ node }) => {
    const at = node.get('subset');
    const subset = at?.text();
    const host = node.text('host');
    return at === undefined || !subset || !host ? [] : [{ at, subset, key: subsetKey(canonicalHost(host, namespace), subset) }];
  });
}
