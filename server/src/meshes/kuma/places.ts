import type { Resource } from '../../model/resource.js';
import type { ControlPlane } from './control-plane.js';
import { policyFacts, topKind, type TargetRef } from './target-refs.js';

/** Whether a resource is in the system namespace; undefined where its namespace is unknown. */
export function isSystem({ namespace }: Pick<Resource, 'namespace'>, { systemNamespace }: ControlPlane): boolean | undefined {
  return namespace === undefined ? undefined : namespace === systemNamespace;
}

/** Kinds that a ref may have where it stands; undefined where nobody can tell, or where the list itself is a mistake. */
export function allowedKinds(
  resource: Resource,
  { place, holder }: Pick<TargetRef, 'place' | 'holder'>,
  plane: ControlPlane,
): readonly string[] | undefined {
  const facts = policyFacts(resource.kind, plane.version);
  if (facts === undefined) return undefined;
  switch (place) {
    case 'top':
      return isSystem(resource, plane) === false ? facts.top : [...facts.top, ...facts.systemTop];
    case 'from':
      return facts.from;
    case 'to': {
      const top = topKind(resource);
      if (top === undefined) return undefined;
      const ofTop = facts.toOf[top];
      // One proxy balances what it sends to the whole mesh in one way.
      if (resource.kind === 'MeshLoadBalancingStrategy' && ofTop !== undefined && holder.has('default.loadBalancer')) return ['Mesh'];
      return ofTop ?? facts.to;
    }
    case 'backend':
    case 'mirror':
      return facts.backends;
  }
}
