import { hasFormat, parseDuration } from '../../schema/formats.js';
import type { Resource } from '../../model/resource.js';
import { annotationSitesIn, type AnnotationSite } from '../kubernetes/annotation-sites.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import type { ControlPlane } from './control-plane.js';
import { RESOURCE_KINDS } from './names.js';
import { POLICY_KINDS } from './target-refs.js';

/** What the value of a label or annotation has to look like. */
export type KeyValue = readonly string[] | 'port' | 'duration' | 'count' | 'ports' | 'addresses' | 'variables' | 'json';

/** A label or annotation of Kuma's. */
export interface KeyFacts {
  readonly docs: string;
  readonly as: 'label' | 'annotation' | 'both';
  /** Kinds that it acts on; `Pod` means pod templates too, `policies` and `resources` groups of Kuma's own kinds. */
  readonly on: readonly string[];
  /** Undefined: any text. */
  readonly value?: KeyValue;
  /** The control plane or the injector writes it. */
  readonly computed?: true;
  /** Release that called it deprecated. */
  readonly deprecated?: string;
  /** Release that reads it no more; `2` for what no release of today reads. */
  readonly removed?: '2' | '3.0';
  readonly instead?: string;
}

const SWITCH = ['enabled', 'true', 'yes', 'disabled', 'false', 'no'];
const PODS = ['Pod'];

function onPods(docs: string, more: Partial<KeyFacts> = {}): KeyFacts {
  return { docs, as: 'annotation', on: PODS, ...more };
}

function label(on: readonly string[], docs: string, more: Partial<KeyFacts> = {}): KeyFacts {
  return { docs, as: 'label', on, ...more };
}

const GONE = { removed: '3.0' } as const;

/** Labels and annotations that Kuma 2.14 and 3.0 know. */
export const KEYS: Readonly<Record<string, KeyFacts>> = {
  'kuma.io/sidecar-injection': label(
    ['Namespace', 'Pod'],
    'Whether pods get a sidecar. What a pod says goes before what its Namespace says.',
    {
      value: SWITCH,
    },
  ),
  'kuma.io/mesh': label(
    ['Namespace', 'Pod', 'Service', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'policies', 'resources', 'MeshGatewayInstance'],
    'The Mesh that the object belongs to; without it, the one called `default`.',
  ),
  'kuma.io/origin': label(['policies', 'resources'], 'Which control plane the object belongs to: that of its zone, or the global one.', {
    value: ['zone', 'global'],
  }),
  'kuma.io/effect': label(['policies'], 'With `shadow` a policy is computed and shown, and not applied.', { value: ['shadow'] }),
  'kuma.io/kds-sync': label(['policies', 'resources'], 'Whether control planes exchange the object.', { value: ['enabled', 'disabled'] }),
  'kuma.io/zone': label(['policies', 'resources'], 'Name of the zone that the object comes from.'),
  'kuma.io/env': label(['resources'], 'Where the object comes from: Kubernetes or machines.', { value: ['kubernetes', 'universal'] }),
  'kuma.io/display-name': label(['policies', 'resources'], 'Name of the object where it was written, without what syncing adds.'),
  'kuma.io/policy-role': label(['policies'], 'Whom a policy speaks for. Kuma computes it from the spec and overwrites what stands here.', {
    value: ['system', 'producer', 'consumer', 'workload-owner'],
    computed: true,
  }),
  'kuma.io/managed-by': label(['resources'], 'What made the object.', { computed: true }),
  'kuma.io/proxy-type': label(['Dataplane'], 'What sort of proxy it is.', {
    value: ['sidecar', 'gateway', 'zoneingress', 'zoneegress'],
    computed: true,
  }),
  'kuma.io/listener-zoneingress': label(['Dataplane'], 'The proxy listens for other zones.', { value: ['enabled'], computed: true }),
  'kuma.io/listener-zoneegress': label(['Dataplane'], 'The proxy listens for what leaves the zone.', {
    value: ['enabled'],
    computed: true,
  }),
  'kuma.io/deletion-grace-period-started-at': label(['MeshService'], 'When Kuma began to wait before it deletes the object.', {
    computed: true,
  }),
  'kuma.io/service': label(['MeshService', 'Dataplane'], 'The service of a proxy, as tags name it.', { computed: true }),
  'kuma.io/protocol': label(['Dataplane'], 'Protocol of an inbound. On Kubernetes, `appProtocol` of the Service port says it.', {
    value: ['http', 'http2', 'grpc', 'kafka', 'tcp'],
  }),
  'k8s.kuma.io/namespace': label(['policies', 'resources'], 'Namespace that the object comes from.', { computed: true }),
  'k8s.kuma.io/service-name': label(['MeshService'], 'Service that a MeshService is made of.', { computed: true }),
  'k8s.kuma.io/service-port': label(['Dataplane'], 'Port of the Service that an inbound is for.', { computed: true }),
  'k8s.kuma.io/is-headless-service': label(['MeshService'], 'Whether the Service has no address of its own.', {
    value: ['true', 'false'],
    computed: true,
  }),
  'k8s.kuma.io/service-account': { docs: 'ServiceAccount of the pod.', as: 'both', on: ['Dataplane', 'Pod'], computed: true },
  'k8s.kuma.io/spire-support': { docs: 'Whether the sidecar gets the socket of the SPIRE agent.', as: 'both', on: PODS, value: SWITCH },
  'k8s.kuma.io/zone-proxy-type': label(['Service', 'Pod'], 'Makes pods the ingress or egress of their zone in this mesh.', {
    value: ['ingress', 'egress'],
  }),
  'kuma.io/workload': label(['Dataplane', 'Workload'], 'Name of the workload. Kuma sets it; on pods it is refused.'),
  'kuma.io/gateway': {
    docs: 'The pods are a gateway: what comes in goes past the sidecar.',
    as: 'annotation',
    on: ['Pod', 'Service'],
    value: ['enabled', 'builtin', 'provided', 'true', 'false', 'disabled'],
  },
  'kuma.io/ingress': onPods('The pods are the ingress of their zone.', {
    value: SWITCH,
    ...GONE,
    instead: 'label k8s.kuma.io/zone-proxy-type on the Service',
  }),
  'kuma.io/egress': onPods('The pods are the egress of their zone.', {
    value: SWITCH,
    ...GONE,
    instead: 'label k8s.kuma.io/zone-proxy-type on the Service',
  }),
  'kuma.io/ingress-public-address': onPods('Address at which other zones reach the ingress.', { ...GONE, instead: 'a MeshZoneAddress' }),
  'kuma.io/ingress-public-port': onPods('Port at which other zones reach the ingress.', {
    value: 'port',
    ...GONE,
    instead: 'a MeshZoneAddress',
  }),
  'kuma.io/tags': onPods('More tags of the proxy, as a JSON object.', { value: 'json' }),
  'kuma.io/direct-access-services': onPods('Services that pods reach by the addresses of single pods, with commas between; `*` for all.'),
  'kuma.io/virtual-probes': onPods('Whether HTTP probes go through a port that needs no mTLS.', {
    value: SWITCH,
    deprecated: '2.9',
    ...GONE,
    instead: 'kuma.io/application-probe-proxy-port',
  }),
  'kuma.io/virtual-probes-port': onPods('Port that probes go through.', {
    value: 'port',
    deprecated: '2.9',
    ...GONE,
    instead: 'kuma.io/application-probe-proxy-port',
  }),
  'kuma.io/application-probe-proxy-port': onPods('Port at which the sidecar answers probes for the application; 0 for none.', {
    value: 'port',
  }),
  'kuma.io/sidecar-env-vars': onPods('Environment of the sidecar: `NAME=value` with semicolons between.', { value: 'variables' }),
  'kuma.io/sidecar-proxy-concurrency': onPods('Worker threads of Envoy; 0 for one a CPU.', { value: 'count' }),
  'kuma.io/sidecar-drain-time': onPods('How long the sidecar finishes what is open before it stops. 30s where nothing is said.', {
    value: 'duration',
  }),
  'kuma.io/container-patches': onPods('ContainerPatches for the containers that are injected, with commas between.'),
  'kuma.io/envoy-log-level': onPods('How much Envoy writes.', {
    value: ['trace', 'debug', 'info', 'warning', 'warn', 'error', 'critical', 'off'],
  }),
  'kuma.io/envoy-component-log-level': onPods('How much parts of Envoy write: `http:debug,upstream:info`.'),
  'kuma.io/envoy-admin-port': onPods('Port of the admin interface of Envoy. 9901 where nothing is said.', { value: 'port' }),
  'kuma.io/service-account-token-volume': onPods('Volume with the token that the sidecar shows to the control plane.'),
  'kuma.io/init-first': onPods('Whether kuma-init goes before other init containers.', { value: SWITCH }),
  'kuma.io/wait-for-dataplane-ready': onPods('Whether the application starts only when the sidecar is ready.', { value: SWITCH }),
  'kuma.io/builtin-dns': onPods('Whether the sidecar answers DNS queries.', { value: SWITCH }),
  'kuma.io/builtin-dns-port': onPods('Port at which the sidecar answers DNS queries. 15053 where nothing is said.', { value: 'port' }),
  'kuma.io/builtin-dns-logging': onPods('Whether DNS queries are logged.', { value: SWITCH }),
  'kuma.io/builtindns': onPods('An old spelling that nobody reads.', { removed: '2', instead: 'kuma.io/builtin-dns' }),
  'kuma.io/builtindnsport': onPods('An old spelling that nobody reads.', { removed: '2', instead: 'kuma.io/builtin-dns-port' }),
  'kuma.io/xds-transport-protocol-variant': onPods('How the sidecar fetches its configuration.', {
    value: ['DELTA_GRPC', 'GRPC'],
    ...GONE,
  }),
  'kuma.io/reachable-backends': onPods(
    'What the pods call, as YAML: a list `refs` of kind, name, namespace, labels and port. The sidecar knows nothing else.',
  ),
  'kuma.io/transparent-proxying-reachable-services': onPods('What the pods call, as values of tag `kuma.io/service`.', {
    ...GONE,
    instead: 'kuma.io/reachable-backends',
  }),
  'kuma.io/transparent-proxying': onPods('Traffic is redirected to the sidecar.', { computed: true, ...GONE }),
  'kuma.io/transparent-proxying-inbound-port': onPods('Port that what comes in is redirected to.', {
    value: 'port',
    computed: true,
    ...GONE,
  }),
  'kuma.io/transparent-proxying-outbound-port': onPods('Port that what goes out is redirected to.', {
    value: 'port',
    computed: true,
    ...GONE,
  }),
  'kuma.io/transparent-proxying-ip-family-mode': onPods('Which sorts of addresses are redirected.', {
    value: ['dualstack', 'ipv4', 'ipv6'],
    ...GONE,
  }),
  'kuma.io/transparent-proxying-ebpf': onPods('Whether eBPF redirects traffic, in place of iptables.', { value: SWITCH, ...GONE }),
  'kuma.io/sidecar-injected': onPods('The pod has a sidecar.', { value: ['true'], computed: true }),
  'kuma.io/sidecar-uid': onPods('User that the sidecar runs as.', { computed: true }),
  'kuma.io/ignore': { docs: 'Whether Kuma passes over the object.', as: 'annotation', on: ['Pod', 'Service'], value: SWITCH },
  'traffic.kuma.io/exclude-inbound-ports': onPods('Ports whose incoming traffic goes past the sidecar, with commas between.', {
    value: 'ports',
  }),
  'traffic.kuma.io/exclude-outbound-ports': onPods('Ports whose outgoing traffic goes past the sidecar, with commas between.', {
    value: 'ports',
  }),
  'traffic.kuma.io/exclude-outbound-ports-for-uids': onPods('Outgoing traffic of some users that goes past the sidecar: `tcp:8080:1000`.'),
  'traffic.kuma.io/exclude-inbound-ips': onPods('Callers whose traffic goes past the sidecar: addresses or ranges, with commas between.', {
    value: 'addresses',
  }),
  'traffic.kuma.io/exclude-outbound-ips': onPods(
    'Destinations whose traffic goes past the sidecar: addresses or ranges, with commas between.',
    {
      value: 'addresses',
    },
  ),
  'traffic.kuma.io/drop-invalid-packets': onPods('Whether packets that belong to no connection are dropped.', { value: SWITCH }),
  'traffic.kuma.io/iptables-logs': onPods('Whether what iptables redirects is logged.', { value: SWITCH }),
  'traffic.kuma.io/transparent-proxy-config': onPods('How traffic is redirected.', { computed: true }),
  'traffic.kuma.io/transparent-proxy-configmap-name': onPods('ConfigMap that says how traffic is redirected.'),
  'prometheus.metrics.kuma.io/port': onPods('Port that the sidecar offers metrics at.', {
    value: 'port',
    deprecated: '2.9',
    instead: 'a MeshMetric',
  }),
  'prometheus.metrics.kuma.io/path': onPods('Path that the sidecar offers metrics at.', { deprecated: '2.9', instead: 'a MeshMetric' }),
};

const AGGREGATE = /^prometheus\.metrics\.kuma\.io\/aggregate-[a-zA-Z0-9-]+-(port|path|enabled|address)$/;
const PORT_PROTOCOL = /^[0-9]+\.service\.kuma\.io\/protocol$/;

const AGGREGATE_FACTS = onPods('Where metrics of an application are read from.', { deprecated: '2.9', instead: 'a MeshMetric' });
const PORT_PROTOCOL_FACTS: KeyFacts = {
  docs: 'Protocol of a port of the Service.',
  as: 'annotation',
  on: ['Service'],
  value: ['http', 'http2', 'grpc', 'tcp', 'kafka'],
  instead: 'appProtocol of the port',
};

export function keyFacts(name: string): KeyFacts | undefined {
  if (Object.hasOwn(KEYS, name)) return KEYS[name];
  return AGGREGATE.test(name) ? AGGREGATE_FACTS : PORT_PROTOCOL.test(name) ? PORT_PROTOCOL_FACTS : undefined;
}

/** Whether a name claims to be Kuma's. */
function isKumaKey(name: string): boolean {
  return /^(k8s\.|traffic\.|prometheus\.metrics\.)?kuma\.io\//.test(name) || PORT_PROTOCOL.test(name);
}

/** Kinds whose labels and annotations are looked at, as kinds of rules. */
export const KEYED_KINDS: readonly string[] = [...POD_KINDS, 'Namespace', 'Service', ...POLICY_KINDS, ...RESOURCE_KINDS, 'Dataplane'];

export interface KeySite extends AnnotationSite {
  readonly field: 'labels' | 'annotations';
}

/** Labels and annotations of Kuma's on a resource and on its pod template. */
export function keySites(resource: Resource): readonly KeySite[] {
  return (['labels', 'annotations'] as const).flatMap((field) =>
    annotationSitesIn(resource, isKumaKey, field).map((it): KeySite => ({ ...it, field })),
  );
}

/** Whether a key acts on a kind, as what it was written as. */
export function actsOn({ on, as }: KeyFacts, { carrier, field }: Pick<KeySite, 'carrier' | 'field'>): boolean {
  if (as !== 'both' && as !== (field === 'labels' ? 'label' : 'annotation')) return false;
  return on.some(
    (it) =>
      it === carrier ||
      (it === 'policies' && POLICY_KINDS.includes(carrier)) ||
      (it === 'resources' && (RESOURCE_KINDS.includes(carrier) || carrier === 'Dataplane')),
  );
}

export function isRemoved({ removed }: KeyFacts, version: ControlPlane['version']): boolean {
  return removed === '2' || (removed === '3.0' && version === '3.0');
}

/** Why a value is none for a key, as the end of a sentence; undefined where it is fine. */
export function complaintAbout(kind: KeyValue, value: string): string | undefined {
  if (typeof kind !== 'string') return kind.includes(value) ? undefined : `it takes ${kind.join(', ')}`;
  switch (kind) {
    case 'port':
      return isPort(value) ? undefined : 'it takes a port, 0 to 65535';
    case 'count':
      return /^\d{1,9}$/.test(value) ? undefined : 'it takes a whole number';
    case 'duration':
      return (parseDuration(value) ?? -1) < 0 ? 'it takes a duration such as 30s' : undefined;
    case 'ports':
      return value.split(',').every((it) => /^\d+(-\d+)?$/.test(it.trim()) && it.split('-').every((port) => isPort(port.trim())))
        ? undefined
        : 'it takes ports, as 80,443';
    case 'addresses':
      return value.split(',').every((it) => ['ipv4', 'ipv6', 'cidr'].some((format) => hasFormat(format, it.trim())))
        ? undefined
        : 'it takes addresses or ranges such as 10.0.0.0/8';
    case 'variables':
      return value.split(';').every((it) => it.trim() === '' || it.split('=').length === 2)
        ? undefined
        : 'each of its items takes exactly one "=", as in A=1;B=2';
    case 'json':
      return isJsonMap(value) ? undefined : 'it takes a JSON object';
  }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function isJsonMap(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
