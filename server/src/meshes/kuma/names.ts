import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import { POLICY_KINDS } from './target-refs.js';

export const MESH_LABEL = 'kuma.io/mesh';
export const INJECTION_LABEL = 'kuma.io/sidecar-injection';
export const ZONE_LABEL = 'kuma.io/zone';
export const DEFAULT_MESH = 'default';

/** What the first policies of Kuma were, and what has taken their place. */
export const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  TrafficPermission: ['MeshTrafficPermission'],
  TrafficRoute: ['MeshHTTPRoute', 'MeshTCPRoute'],
  TrafficLog: ['MeshAccessLog'],
  TrafficTrace: ['MeshTrace'],
  HealthCheck: ['MeshHealthCheck'],
  CircuitBreaker: ['MeshCircuitBreaker'],
  Retry: ['MeshRetry'],
  Timeout: ['MeshTimeout'],
  RateLimit: ['MeshRateLimit'],
  FaultInjection: ['MeshFaultInjection'],
  VirtualOutbound: ['HostnameGenerator'],
  ProxyTemplate: ['MeshProxyPatch'],
  ExternalService: ['MeshExternalService'],
};

export const LEGACY_KINDS: readonly string[] = Object.keys(SUCCESSORS);
/** Kinds of built-in gateways and of zone proxies, which version 3 has no more. */
export const GATEWAY_KINDS: readonly string[] = ['MeshGateway', 'MeshGatewayRoute', 'MeshGatewayConfig', 'MeshGatewayInstance'];
export const ZONE_PROXY_KINDS: readonly string[] = ['ZoneIngress', 'ZoneEgress'];

/** Kinds that only the system namespace takes. */
export const SYSTEM_KINDS: readonly string[] = [
  'HostnameGenerator',
  'MeshExternalService',
  'MeshIdentity',
  'MeshTrust',
  'MeshOpenTelemetryBackend',
];

/** Namespaced kinds beside the policies, whose mesh is a label too, but for HostnameGenerators. */
export const RESOURCE_KINDS: readonly string[] = [
  'MeshService',
  'MeshMultiZoneService',
  'MeshExternalService',
  'MeshIdentity',
  'MeshTrust',
  'HostnameGenerator',
  'MeshOpenTelemetryBackend',
  'MeshZoneAddress',
];

/** Kinds that name their mesh in the field `mesh`. */
export const FIELD_KINDS: readonly string[] = [...LEGACY_KINDS, 'MeshGateway', 'MeshGatewayRoute', 'MeshGatewayConfig', 'Dataplane'];
/** Kinds that name it in the label. */
export const LABEL_KINDS: readonly string[] = [
  ...POLICY_KINDS,
  ...RESOURCE_KINDS.filter((it) => it !== 'HostnameGenerator'),
  'MeshGatewayInstance',
  'Workload',
];

/** Where a Kuma object names its mesh: the value of the label, or of the field. */
export function meshNode({ kind, root }: Resource): YamlNode | undefined {
  if (FIELD_KINDS.includes(kind)) return root.has('mesh') ? root.get('mesh') : undefined;
  const label = root.map('metadata.labels')?.entry(MESH_LABEL)?.value;
  return label ?? (kind === 'MeshGatewayInstance' ? root.map('metadata.annotations')?.entry(MESH_LABEL)?.value : undefined);
}

/** The mesh of a Kuma object; undefined where a template fills it in. */
export function meshOf(resource: Resource): string | undefined {
  const labels = resource.root.get('metadata.labels');
  const node = meshNode(resource);
  if (node !== undefined) return node.text() || undefined;
  const hidden =
    resource.partial ||
    (labels?.type === 'map' ? labels.partial || labels.entries.some((it) => it.keyOpaque) : labels?.type === 'scalar' && labels.opaque);
  return hidden ? undefined : DEFAULT_MESH;
}

/** Parts of the value of tag `kuma.io/service` on Kubernetes, `cart_shop_svc_80`; undefined for other names. */
export function serviceOfTag(
  value: string,
): { readonly name: string; readonly namespace: string; readonly port: number | undefined } | undefined {
  const match = /^([a-z0-9.-]+)_([a-z0-9-]+)_svc(?:_(\d+))?$/.exec(value);
  return match ? { name: match[1]!, namespace: match[2]!, port: match[3] === undefined ? undefined : Number(match[3]) } : undefined;
}
