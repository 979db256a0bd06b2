import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';

/** Kinds that list networks. */
export const KINDS_WITH_NETWORKS: readonly string[] = ['NetworkAuthentication', 'EgressNetwork', 'ServerAuthorization'];

/** Networks that a resource lists. */
export function networksOf({ kind, root }: Resource): readonly YamlNode[] {
  return root.list(kind === 'ServerAuthorization' ? 'spec.client.networks.*' : 'spec.networks.*');
}
