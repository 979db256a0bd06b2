import type { Resource } from '../../model/resource.js';
import { annotationSitesIn, type AnnotationSite } from '../kubernetes/annotation-sites.js';
import { QUALIFIED_POD_KINDS } from '../kubernetes/pod-templates.js';

export interface AnnotationFacts {
  /** Kinds it may stand on; `Pod` means pod templates, too. */
  readonly on: readonly string[];
  readonly docs: string;
  /** Undefined: any text. */
  readonly value?: readonly string[] | 'port' | 'integer' | 'listenerPort';
  /** Spelling of old, which means the same. */
  readonly alias?: string;
  /** It does something only beside this one. */
  readonly needs?: string;
  /** The minor that no longer reads it, and what to use instead. */
  readonly removedIn?: number;
  readonly instead?: string;
  /** Written by Cilium itself. */
  readonly isOwn?: boolean;
}

const BOOLEAN = ['true', 'false'];
const SWITCH = ['enabled', 'disabled', 'true', 'false'];
const SERVICE = ['Service'];
const POD = ['Pod'];
const NODE = ['Node', 'CiliumNode'];
const INGRESS = ['Ingress'];
const POOLED = ['Pod', 'Namespace'];
const ENVOY = ['CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig'];
const GLOBAL = 'service.cilium.io/global';

function ofNode(docs: string, alias: string): AnnotationFacts {
  return { on: NODE, docs, alias, isOwn: true };
}

/** Annotations that Cilium reads. */
export const ANNOTATIONS: Readonly<Record<string, AnnotationFacts>> = {
  'service.cilium.io/global': {
    on: SERVICE,
    docs: 'Makes the Service one across clusters.',
    value: BOOLEAN,
    alias: 'io.cilium/global-service',
  },
  'service.cilium.io/shared': {
    on: SERVICE,
    docs: 'Whether other clusters get the endpoints of this one. They do, where nothing is said.',
    value: BOOLEAN,
    alias: 'io.cilium/shared-service',
    needs: GLOBAL,
  },
  'service.cilium.io/affinity': {
    on: SERVICE,
    docs: 'Which endpoints of a global Service come first.',
    value: ['local', 'remote', 'none'],
    alias: 'io.cilium/service-affinity',
    needs: GLOBAL,
  },
  'service.cilium.io/global-sync-endpoint-slices': { on: SERVICE, docs: 'Mirrors EndpointSlices of other clusters.', value: BOOLEAN },
  'service.cilium.io/lb-algorithm': { on: SERVICE, docs: 'How a backend is chosen.', value: ['random', 'maglev'] },
  'service.cilium.io/lb-l7': { on: SERVICE, docs: 'Sends the traffic of the Service through Envoy.', value: ['enabled', 'disabled'] },
  'service.cilium.io/lb-l7-algorithm': {
    on: SERVICE,
    docs: 'How Envoy chooses a backend.',
    value: ['round_robin', 'least_request', 'random'],
    needs: 'service.cilium.io/lb-l7',
  },
  'service.cilium.io/node': { on: SERVICE, docs: 'Only nodes with this value of the label serve it.' },
  'service.cilium.io/node-selector': { on: SERVICE, docs: 'Only nodes with these labels serve it.' },
  'service.cilium.io/type': {
    on: SERVICE,
    docs: 'Provides this type of the Service only.',
    value: ['ClusterIP', 'NodePort', 'LoadBalancer'],
  },
  'service.cilium.io/src-ranges-policy': {
    on: SERVICE,
    docs: 'Whether loadBalancerSourceRanges are allowed or denied.',
    value: ['allow', 'deny'],
  },
  'service.cilium.io/proxy-delegation': {
    on: SERVICE,
    docs: 'Hands traffic to a proxy of somebody else.',
    value: ['none', 'delegate-if-local'],
  },
  'service.cilium.io/forwarding-mode': { on: SERVICE, docs: 'How packets reach backends on other nodes.', value: ['dsr', 'snat'] },
  'lbipam.cilium.io/ips': { on: SERVICE, docs: 'Addresses that the Service asks for.', alias: 'io.cilium/lb-ipam-ips' },
  'lbipam.cilium.io/sharing-key': {
    on: SERVICE,
    docs: 'Services with the same key share an address.',
    alias: 'io.cilium/lb-ipam-sharing-key',
  },
  'lbipam.cilium.io/sharing-cross-namespace': {
    on: SERVICE,
    docs: 'Namespaces whose Services may share the address; `*` for all.',
    alias: 'io.cilium/lb-ipam-sharing-cross-namespace',
  },
  'policy.cilium.io/name': { on: ['NetworkPolicy'], docs: 'Name of the policy.', alias: 'io.cilium.name' },
  'policy.cilium.io/proxy-visibility': {
    on: POOLED,
    docs: 'Once showed requests of the pods. Use a policy with rules about requests.',
    alias: 'io.cilium.proxy-visibility',
    removedIn: 17,
    instead: 'a CiliumNetworkPolicy with rules about requests',
  },
  'policy.cilium.io/no-track-port': {
    on: POD,
    docs: 'Port that connection tracking leaves alone, as NodeLocal DNS needs it.',
    value: 'port',
    alias: 'io.cilium.no-track-port',
  },
  'network.cilium.io/no-track-host-ports': { on: POD, docs: 'Ports of the host that connection tracking leaves alone.' },
  'network.cilium.io/fib-table-id': { on: POD, docs: 'Routing table for what the pods send.', value: 'integer' },
  'network.cilium.io/wg-pub-key': ofNode('Public key of WireGuard.', 'io.cilium.network.wg-pub-key'),
  'network.cilium.io/encryption-key': ofNode('Id of the encryption key.', 'io.cilium.network.encryption-key'),
  'network.cilium.io/ipv4-pod-cidr': ofNode('Range of its pods.', 'io.cilium.network.ipv4-pod-cidr'),
  'network.cilium.io/ipv6-pod-cidr': ofNode('Range of its pods.', 'io.cilium.network.ipv6-pod-cidr'),
  'network.cilium.io/ipv4-health-ip': ofNode('Address of its health checks.', 'io.cilium.network.ipv4-health-ip'),
  'network.cilium.io/ipv6-health-ip': ofNode('Address of its health checks.', 'io.cilium.network.ipv6-health-ip'),
  'network.cilium.io/ipv4-Ingress-ip': ofNode('Address of its ingress.', 'io.cilium.network.ipv4-Ingress-ip'),
  'network.cilium.io/ipv6-Ingress-ip': ofNode('Address of its ingress.', 'io.cilium.network.ipv6-Ingress-ip'),
  'network.cilium.io/ipv4-cilium-host': ofNode('Address of cilium_host.', 'io.cilium.network.ipv4-cilium-host'),
  'network.cilium.io/ipv6-cilium-host': ofNode('Address of cilium_host.', 'io.cilium.network.ipv6-cilium-host'),
  'ipam.cilium.io/ip-pool': { on: POOLED, docs: 'Pool that the pods get their addresses from.' },
  'ipam.cilium.io/ipv4-pool': { on: POOLED, docs: 'Pool of IPv4 addresses for the pods.' },
  'ipam.cilium.io/ipv6-pool': { on: POOLED, docs: 'Pool of IPv6 addresses for the pods.' },
  'ipam.cilium.io/require-pool-match': { on: POOLED, docs: 'Keeps the pods from the default pool.', value: BOOLEAN },
  'ipam.cilium.io/ignore': { on: ['CiliumNode'], docs: 'Has the operator leave the node alone.', value: BOOLEAN },
  'ipam.cilium.io/skip-masquerade': {
    on: ['CiliumPodIPPool'],
    docs: 'Leaves the addresses of the pool as they are, in tunnel mode.',
    value: BOOLEAN,
  },
  'cni.cilium.io/mac-address': { on: POD, docs: 'A fixed MAC address for the pod.' },
  'cec.cilium.io/inject-cilium-filters': { on: ENVOY, docs: "Adds Cilium's own filters.", value: BOOLEAN },
  'cec.cilium.io/is-l7lb': { on: ENVOY, docs: 'Says that this balances load of Services.', value: BOOLEAN },
  'cec.cilium.io/use-original-source-address': { on: ENVOY, docs: 'Keeps the address of the caller towards the backend.', value: BOOLEAN },
  'clustermesh.cilium.io/global': { on: ['Namespace'], docs: 'Whether other clusters see the namespace.', value: BOOLEAN },
  'clustermesh.cilium.io/supported-ip-families': { on: SERVICE, docs: 'Written by the operator.', isOwn: true },
  'clustermesh.cilium.io/autoPatchedAt': { on: ['Deployment'], docs: 'Written by the operator.', isOwn: true },
  'ingress.cilium.io/loadbalancer-mode': {
    on: INGRESS,
    docs: 'Whether it has a load balancer of its own.',
    value: ['dedicated', 'shared'],
  },
  'ingress.cilium.io/loadbalancer-class': { on: INGRESS, docs: 'Class of the load balancer, where it has its own.' },
  'ingress.cilium.io/service-type': {
    on: INGRESS,
    docs: 'Type of its Service, where it has its own.',
    value: ['LoadBalancer', 'NodePort'],
  },
  'ingress.cilium.io/service-external-traffic-policy': {
    on: INGRESS,
    docs: 'externalTrafficPolicy of its Service.',
    value: ['Cluster', 'Local'],
  },
  'ingress.cilium.io/insecure-node-port': { on: INGRESS, docs: 'Port of the nodes for HTTP.', value: 'port' },
  'ingress.cilium.io/secure-node-port': { on: INGRESS, docs: 'Port of the nodes for HTTPS.', value: 'port' },
  'ingress.cilium.io/host-listener-port': { on: INGRESS, docs: "Port in the host's network, from 1024 on.", value: 'listenerPort' },
  'ingress.cilium.io/tls-passthrough': { on: INGRESS, docs: 'Hands TLS to the backend as it is.', value: SWITCH },
  'ingress.cilium.io/force-https': { on: INGRESS, docs: 'Redirects HTTP to HTTPS.', value: SWITCH },
};

/** Spellings of old, and today's. */
export const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries(ANNOTATIONS).flatMap(([name, { alias }]) => (alias === undefined ? [] : [[alias, name] as const])),
);

/** Names that are free, or that Cilium makes up. */
const PATTERNS: readonly RegExp[] = [
  /^cilium\.io\/bgp-virtual-router\.[0-9]+$/,
  /^config\.cilium\.io\/.+$/,
  /^(gateway|secretsync|mesh)\.cilium\.io\/.+$/,
];

function isCiliumAnnotation(name: string): boolean {
  return ALIASES.has(name) || /^([A-Za-z0-9-]+\.)*cilium\.io\//.test(name);
}

export function isKnownAnnotation(name: string): boolean {
  return Object.hasOwn(ANNOTATIONS, name) || ALIASES.has(name) || PATTERNS.some((it) => it.test(name));
}

/** What an annotation means, by today's spelling or that of old. */
export function annotationNamed(name: string): AnnotationFacts | undefined {
  const today = ALIASES.get(name) ?? name;
  return Object.hasOwn(ANNOTATIONS, today) ? ANNOTATIONS[today] : undefined;
}

/** Kinds whose annotations are looked at, as kinds of rules. */
export const ANNOTATED_KINDS: readonly string[] = [
  '/Namespace',
  '/Node',
  '/Service',
  ...QUALIFIED_POD_KINDS,
  'networking.k8s.io/Ingress',
  'networking.k8s.io/NetworkPolicy',
  'cilium.io/CiliumNode',
  'cilium.io/CiliumPodIPPool',
  'cilium.io/CiliumEnvoyConfig',
  'cilium.io/CiliumClusterwideEnvoyConfig',
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'cilium.io/CiliumLoadBalancerIPPool',
  'cilium.io/CiliumLocalRedirectPolicy',
  'cilium.io/CiliumEgressGatewayPolicy',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/HTTPRoute',
];

export function annotationSites(resource: Resource): readonly AnnotationSite[] {
  return annotationSitesIn(resource, isCiliumAnnotation);
}
