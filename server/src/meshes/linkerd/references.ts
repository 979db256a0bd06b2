import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import { GROUP as GATEWAY_GROUP } from '../gateway-api/references.js';
import { POLICY_GROUP } from './tables.js';

/** Kinds of routes that rules of Linkerd are about: its own HTTPRoute, and those of the Gateway API. */
export const HTTP_ROUTES: readonly string[] = ['HTTPRoute', `${GATEWAY_GROUP}/HTTPRoute`];
export const GRPC_ROUTE = `${GATEWAY_GROUP}/GRPCRoute`;
export const L4_ROUTES: readonly string[] = [`${GATEWAY_GROUP}/TLSRoute`, `${GATEWAY_GROUP}/TCPRoute`];
export const REQUEST_ROUTES: readonly string[] = [...HTTP_ROUTES, GRPC_ROUTE];
export const ALL_ROUTES: readonly string[] = [...REQUEST_ROUTES, ...L4_ROUTES];

/** Kinds that a policy may be about, with their groups. */
export const POLICY_TARGETS: readonly (readonly [group: string, kind: string])[] = [
  [POLICY_GROUP, 'Server'],
  [POLICY_GROUP, 'HTTPRoute'],
  [GATEWAY_GROUP, 'HTTPRoute'],
  [GATEWAY_GROUP, 'GRPCRoute'],
  ['', 'Namespace'],
];

/** An object that a field names, as Linkerd reads it: groups and kinds in any case, `core` for the core group. */
export interface LinkerdRef {
  /** The map that holds the reference. */
  readonly node: YamlNode;
  readonly nameNode: YamlNode;
  /** In lower case; empty for the core group. */
  readonly group: string;
  /** As it is written. */
  readonly kind: string;
  readonly name: string;
  /** As written, else that of the resource. */
  readonly namespace: string | undefined;
}

export type ParentKind = 'Server' | 'Service' | 'EgressNetwork';

export interface LinkerdParent extends LinkerdRef {
  /** What it is to Linkerd; undefined for Gateways and for what nobody knows. */
  readonly sort: ParentKind | undefined;
  readonly port: number | undefined;
}

export interface LinkerdBackend extends LinkerdRef {
  readonly sort: 'Service' | 'EgressNetwork' | undefined;
  readonly port: number | undefined;
}

/** What a route is attached to; refs with something filled in by a template are left out. */
export function parentsOf(resource: Resource): readonly LinkerdParent[] {
  const group = resource.group === POLICY_GROUP ? POLICY_GROUP : GATEWAY_GROUP;
  return resource.root.list('spec.parentRefs.*').flatMap((node) => {
    const ref = refIn(node, resource, group, 'Gateway');
    return ref ? [{ ...ref, sort: parentSort(ref), port: node.number('port') }] : [];
  });
}

/** Where a route sends requests. */
export function backendsOf(resource: Resource): readonly LinkerdBackend[] {
  return resource.root.list('spec.rules.*.backendRefs.*').flatMap((node) => {
    const ref = refIn(node, resource, '', 'Service');
    return ref ? [{ ...ref, sort: backendSort(ref), port: node.number('port') }] : [];
  });
}

/** The one thing that a policy is about, always in the policy's own namespace. */
export function targetOf(resource: Resource): LinkerdRef | undefined {
  const node = resource.root.get('spec.targetRef');
  const ref = node && refIn(node, resource, '', '');
  return ref && { ...ref, namespace: resource.namespace };
}

/** An object that a map names. */
export function refIn(node: YamlNode, resource: Resource, group: string, kind: string): LinkerdRef | undefined {
  const nameNode = node.get('name');
  const name = nameNode?.name();
  if (nameNode === undefined || name === undefined || name === '') return undefined;
  const fields = ['group', 'kind', 'namespace'].map((field) => (node.has(field) ? node.get(field) : undefined));
  if (fields.some((it) => it !== undefined && it.text() === undefined)) return undefined;
  const [groupNode, kindNode, namespaceNode] = fields;
  const written = (groupNode?.text() ?? group).toLowerCase();
  return {
    node,
    nameNode,
    name,
    group: written === 'core' ? '' : written,
    kind: kindNode?.text() ?? kind,
    namespace: namespaceNode?.text() || resource.namespace,
  };
}

/** Whether a ref is of a group and kind, in whatever case. */
export function isOf(ref: LinkerdRef, group: string, kind: string): boolean {
  return ref.group === group && ref.kind.toLowerCase() === kind.toLowerCase();
}

/** Whether an AuthorizationPolicy can be about what a ref names. */
export function isPolicyTarget(ref: LinkerdRef): boolean {
  return POLICY_TARGETS.some(([group, kind]) => isOf(ref, group, kind));
}

function parentSort(ref: LinkerdRef): ParentKind | undefined {
  if (isOf(ref, POLICY_GROUP, 'Server')) return 'Server';
  if (isOf(ref, POLICY_GROUP, 'EgressNetwork')) return 'EgressNetwork';
  return isOf(ref, '', 'Service') ? 'Service' : undefined;
}

function backendSort(ref: LinkerdRef): 'Service' | 'EgressNetwork' | undefined {
  if (isOf(ref, '', 'Service')) return 'Service';
  return isOf(ref, POLICY_GROUP, 'EgressNetwork') ? 'EgressNetwork' : undefined;
}

/**
 * Parents of a route as far as they are Linkerd's: a Service as parent of a route of the Gateway API may be another mesh's, so it counts
 * only where Linkerd is at work.
 */
export function linkerdParents(resource: Resource, isLinkerdInUse: () => boolean): readonly LinkerdParent[] {
  const parents = parentsOf(resource).filter((it) => it.sort !== undefined);
  if (resource.group === POLICY_GROUP || parents.every((it) => it.sort !== 'Service') || isLinkerdInUse()) return parents;
  return parents.filter((it) => it.sort !== 'Service');
}

/** Whether some parent takes outbound traffic of clients. */
export function isOutbound(parents: readonly LinkerdParent[]): boolean {
  return parents.some((it) => it.sort === 'Service' || it.sort === 'EgressNetwork');
}

/** Key of what an AuthorizationPolicy is about. */
export function targetKey(group: string, kind: string, namespace: string, name: string): string {
  return kind.toLowerCase() === 'namespace' && group === ''
    ? `/namespace/${name.toLowerCase()}`
    : `${group}/${kind}/${namespace}/${name}`.toLowerCase();
}
