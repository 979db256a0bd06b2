import type { Definition } from '../../model/facts.js';
import type { Resource } from '../../model/resource.js';
import type { ReferenceGrantFacts } from './tables.js';

/** Whether one of the grants of an object's namespace permits a resource of another namespace to use it. */
export function isPermitted(
  grants: readonly Definition<ReferenceGrantFacts>[],
  { group, kind, namespace }: Resource,
  object: { readonly group: string; readonly kind: string; readonly name: string },
): boolean {
  return grants.some(
    ({ data }) =>
      data.incomplete ||
      (data.from.some((it) => it.group === group && it.kind === kind && it.namespace === namespace) &&
        data.to.some((it) => it.group === object.group && it.kind === object.kind && (it.name === undefined || it.name === object.name))),
  );
}
