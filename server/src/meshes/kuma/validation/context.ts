import type { Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';
import type { ControlPlane } from '../control-plane.js';
import { topKind } from '../target-refs.js';

/** A policy under validation. */
export interface Policy {
  readonly resource: Resource;
  readonly root: YamlNode;
  readonly version: ControlPlane['version'];
  /** Undefined where a template fills it in. */
  readonly top: string | undefined;
}

export function policyOf(resource: Resource, version: ControlPlane['version']): Policy {
  return { resource, root: resource.root, version, top: topKind(resource) };
}

/** Items of the lists of a policy; version 3 does not read `from`. */
export function itemsOf(
  { root, version }: Policy,
  lists: readonly ('from' | 'to' | 'rules')[] = ['from', 'rules', 'to'],
): readonly YamlNode[] {
  return lists.flatMap((list) => (list === 'from' && version === '3.0' ? [] : root.list(`spec.${list}.*`)));
}
