import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';

export const GROUP = 'gateway.networking.k8s.io';
export const EXPERIMENTAL_GROUP = 'gateway.networking.x-k8s.io';

export const ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** An object that a field names; defaults filled in. */
export interface ObjectRef {
  /** The map that holds the reference. */
  readonly node: YamlNode;
  readonly nameNode: YamlNode;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Where the object is: as written, else the namespace of the resource. */
  readonly namespace: string | undefined;
}

export interface ParentRef extends ObjectRef {
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
  /** A template fills in the section or port. */
  readonly hidden: boolean;
}

export interface BackendRef extends ObjectRef {
  readonly port: number | undefined;
  /** In a filter, such as a mirror, and not among the backends of a rule. */
  readonly inFilter: boolean;
}

/** Where backends stand in a route, those of filters apart. */
const BACKEND_PATHS = ['spec.rules.*.backendRefs.*'] as const;
const FILTER_FIELDS = ['requestMirror', 'externalAuth'] as const;
const FILTER_BACKEND_PATHS: readonly string[] = ['spec.rules.*.filters.*', 'spec.rules.*.backendRefs.*.filters.*'].flatMap((it) =>
  FILTER_FIELDS.map((field) => `${it}.${field}.backendRef`),
);

/** What a route attaches to; refs with something filled in by a template are left out. */
export function parentRefsOf(resource: Resource): readonly ParentRef[] {
  return resource.root.list('spec.parentRefs.*').flatMap((node) => {
    const ref = objectRefIn(node, resource, GROUP, 'Gateway');
    return ref ? [withSection(ref)] : [];
  });
}

/** The Gateway that a ListenerSet extends. */
export function parentOfListenerSet(resource: Resource): ObjectRef | undefined {
  const node = resource.root.get('spec.parentRef');
  return node && objectRefIn(node, resource, GROUP, 'Gateway');
}

function withSection(ref: ObjectRef): ParentRef {
  const section = ref.node.get('sectionName');
  const port = ref.node.get('port');
  return {
    ...ref,
    sectionName: section?.text() || undefined,
    port: port?.number(),
    hidden: [section, port].some((it) => it?.type === 'scalar' && it.opaque),
  };
}

export function backendRefsOf(resource: Resource): readonly BackendRef[] {
  return [...BACKEND_PATHS, ...FILTER_BACKEND_PATHS].flatMap((path) =>
    resource.root.list(path).flatMap((node) => {
      const ref = objectRefIn(node, resource, '', 'Service');
      return ref ? [{ ...ref, port: node.number('port'), inFilter: path !== BACKEND_PATHS[0] }] : [];
    }),
  );
}

/** Certificates and authorities that listeners present or trust. */
export function certificateRefsOf(resource: Resource): readonly ObjectRef[] {
  return [
    ...resource.root.list('spec.listeners.*.tls.certificateRefs.*'),
    ...resource.root.list('spec.tls.backend.clientCertificateRef'),
  ].flatMap((node) => objectRefIn(node, resource, '', 'Secret') ?? []);
}

/** Certificate authorities, in config maps mostly. */
export function authorityRefsOf(resource: Resource): readonly ObjectRef[] {
  return [
    'spec.listeners.*.tls.frontendValidation.caCertificateRefs.*',
    'spec.tls.frontend.default.validation.caCertificateRefs.*',
    'spec.tls.frontend.perPort.*.tls.validation.caCertificateRefs.*',
    'spec.validation.caCertificateRefs.*',
  ].flatMap((path) => resource.root.list(path).flatMap((node) => objectRefIn(node, resource, '', '') ?? []));
}

/** What a policy attaches to, always in its own namespace. */
export function targetRefsOf(resource: Resource): readonly ParentRef[] {
  return resource.root.list('spec.targetRefs.*').flatMap((node) => {
    const ref = objectRefIn(node, resource, '', '');
    return ref ? [withSection({ ...ref, namespace: resource.namespace })] : [];
  });
}

export function objectRefIn(node: YamlNode, resource: Resource, group: string, kind: string): ObjectRef | undefined {
  const nameNode = node.get('name');
  const name = nameNode?.text();
  if (nameNode === undefined || name === undefined || name === '') return undefined;
  const [groupNode, kindNode, namespaceNode] = ['group', 'kind', 'namespace'].map((field) =>
    node.has(field) ? node.get(field) : undefined,
  );
  if ([groupNode, kindNode, namespaceNode].some((it) => it !== undefined && it.text() === undefined)) return undefined;
  return {
    node,
    nameNode,
    name,
    group: groupNode?.text() ?? group,
    kind: kindNode?.text() || kind,
    namespace: namespaceNode?.text() || resource.namespace,
  };
}

/** `core` is how some people write the core group, though the API server does not take it. */
export function isService(ref: ObjectRef): boolean {
  return ref.kind === 'Service' && ref.group === '';
}

/** `Gateway` or `ListenerSet` where a ref names something with listeners. */
export function listenerHolder(ref: ObjectRef): 'Gateway' | 'ListenerSet' | undefined {
  if (ref.group === GROUP && (ref.kind === 'Gateway' || ref.kind === 'ListenerSet')) return ref.kind;
  return ref.group === EXPERIMENTAL_GROUP && ref.kind === 'XListenerSet' ? 'ListenerSet' : undefined;
}
