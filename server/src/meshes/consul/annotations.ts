import type { PodTemplate } from '../kubernetes/pod-templates.js';
import { PREFIX } from './names.js';

/** What the value of an annotation has to look like. */
export type AnnotationType =
  | 'bool'
  | 'port'
  | 'unprivilegedPort'
  | 'uint'
  | 'int'
  | 'intList'
  | 'portList'
  | 'cidrList'
  | 'quantity'
  | 'jsonMap'
  | 'jsonList'
  | 'upstreams'
  | 'text';

export interface AnnotationFacts {
  readonly type: AnnotationType;
  /** The only values, where it has some. */
  readonly values?: readonly string[];
  /** Kinds it may stand on; `Pod` means pod templates too, `Entry` every config entry. */
  readonly on: readonly string[];
  /** What it does, in our words. */
  readonly docs: string;
  /** What holds without it. */
  readonly byDefault?: string;
  /** Written by Consul or its chart, not by people. */
  readonly writtenBySystem?: boolean;
}

/** Annotations whose names begin like this are open: any key of the service's metadata. */
export const META_PREFIX = `${PREFIX}service-meta-`;

export const INJECT = `${PREFIX}connect-inject`;
export const INJECT_STATUS = `${PREFIX}connect-inject-status`;
export const SERVICE = `${PREFIX}connect-service`;
export const SERVICE_PORT = `${PREFIX}connect-service-port`;
export const DEFAULT_PORT = `${PREFIX}connect-service-default-port`;
export const KUBERNETES_SERVICE = `${PREFIX}kubernetes-service`;
export const UPSTREAMS = `${PREFIX}connect-service-upstreams`;
export const TRANSPARENT = `${PREFIX}transparent-proxy`;
export const DNS = `${PREFIX}consul-dns`;
export const OVERWRITE_PROBES = `${PREFIX}transparent-proxy-overwrite-probes`;
export const EXCLUDE_INBOUND = `${PREFIX}transparent-proxy-exclude-inbound-ports`;
export const METRICS = `${PREFIX}enable-metrics`;
export const METRICS_MERGING = `${PREFIX}enable-metrics-merging`;
export const GATEWAY_KIND = `${PREFIX}gateway-kind`;
/** A label of Services. */
export const SERVICE_IGNORE = `${PREFIX}service-ignore`;

const pod = (type: AnnotationType, docs: string, byDefault?: string): AnnotationFacts => ({
  type,
  on: ['Pod'],
  docs,
  ...(byDefault !== undefined && { byDefault }),
});
const written = (docs: string, values?: readonly string[]): AnnotationFacts => ({
  type: 'text',
  on: ['Pod'],
  docs,
  writtenBySystem: true,
  ...(values && { values }),
});
const synced = (type: AnnotationType, docs: string): AnnotationFacts => ({ type, on: ['Service'], docs });

const SHORT: Readonly<Record<string, AnnotationFacts>> = {
  'connect-inject': pod(
    'bool',
    'Whether the pod gets a proxy. Read on pods only; on a Namespace or a Deployment it does nothing.',
    'false',
  ),
  'transparent-proxy': {
    type: 'bool',
    on: ['Pod'],
    docs: 'Whether all traffic of the pod is redirected to its proxy. As a label on a Namespace it is the default there.',
    byDefault: 'true',
  },
  'consul-dns': pod('bool', 'Whether names are resolved by Consul. As a label on a Namespace it is the default there.'),
  'transparent-proxy-exclude-inbound-ports': pod('portList', 'Ports at which traffic reaches the pod past its proxy.'),
  'transparent-proxy-exclude-outbound-ports': pod('portList', 'Ports to which the pod connects past its proxy.'),
  'transparent-proxy-exclude-outbound-cidrs': pod('cidrList', 'Networks to which the pod connects past its proxy.'),
  'transparent-proxy-exclude-uids': pod('intList', 'Users of the pod whose traffic is not redirected.'),
  'transparent-proxy-overwrite-probes': pod(
    'bool',
    'Whether HTTP probes are sent to ports of the proxy that take them without TLS.',
    'true',
  ),
  'connect-service': pod(
    'text',
    'Name of the service in Consul; several with commas make a pod of several ports.',
    'the Service that selects the pod',
  ),
  'kubernetes-service': pod('text', 'Which Service registers the pod, where several select it.'),
  'connect-service-port': pod(
    'text',
    'Port of the service, by number or name; several with commas for a pod of several ports.',
    'ports of the first container',
  ),
  'connect-service-default-port': pod('text', 'Which of several ports is meant where nobody says one (Enterprise).'),
  'connect-service-upstreams': pod('upstreams', 'Services that the pod calls at ports of its own, as `name:port` with commas between.'),
  'service-tags': pod('text', 'Tags of the service in the catalog, with commas between.'),
  'proxy-config-map': pod('jsonMap', 'JSON that is merged into the configuration of the proxy.'),
  'use-proxy-health-check': pod('bool', 'Whether the health of the proxy counts for the service.', 'false'),
  'sidecar-proxy-startup-failure-seconds': pod('int', 'Seconds until a proxy that does not start is restarted.', '0, never'),
  'sidecar-proxy-liveness-failure-seconds': pod('int', 'Seconds until a proxy that does not answer is restarted.', '0, never'),
  'sidecar-initial-probe-check-delay-seconds': pod('int', 'Seconds before the first probe of the proxy.'),
  'sidecar-probe-period-seconds': pod('int', 'Seconds between two probes of the proxy.'),
  'sidecar-probe-failure-threshold': pod('int', 'How many probes of the proxy may fail in a row.'),
  'sidecar-probe-check-timeout-seconds': pod('int', 'Seconds that a probe of the proxy may take.'),
  'sidecar-proxy-cpu-limit': pod('quantity', 'Processor time that the proxy may take at most.'),
  'sidecar-proxy-cpu-request': pod('quantity', 'Processor time that is set aside for the proxy.'),
  'sidecar-proxy-memory-limit': pod('quantity', 'Memory that the proxy may take at most.'),
  'sidecar-proxy-memory-request': pod('quantity', 'Memory that is set aside for the proxy.'),
  'enable-sidecar-proxy-lifecycle': pod('bool', 'Whether the proxy starts before and stops after the application.', 'true'),
  'enable-sidecar-proxy-lifecycle-shutdown-drain-listeners': pod(
    'bool',
    'Whether the proxy refuses new connections while it stops.',
    'true',
  ),
  'sidecar-proxy-lifecycle-shutdown-grace-period-seconds': pod('uint', 'Seconds that open connections get when the pod stops.', '30'),
  'sidecar-proxy-lifecycle-startup-grace-period-seconds': pod('uint', 'Seconds that the start of the application may be held back.', '0'),
  'sidecar-proxy-lifecycle-graceful-port': pod('unprivilegedPort', 'Port at which the proxy is told to start and stop.', '20600'),
  'sidecar-proxy-lifecycle-graceful-shutdown-path': pod('text', 'Path at which the proxy is told to stop.', '/graceful_shutdown'),
  'sidecar-proxy-lifecycle-graceful-startup-path': pod('text', 'Path at which one waits for the proxy.', '/graceful_startup'),
  'enable-consul-dataplane-as-sidecar': pod('bool', 'Whether the proxy is an init container that keeps running.', 'false'),
  'consul-sidecar-user-volume': pod('jsonList', 'Volumes that are added to the pod, as JSON.'),
  'consul-sidecar-user-volume-mount': pod('jsonList', 'Volume mounts that the proxy gets, as JSON.'),
  'consul-sidecar-access-log-enabled': pod('bool', 'Whether the proxy gets a volume for files of access logs.'),
  'consul-sidecar-access-log-path': pod('text', 'Where that volume is mounted.'),
  'consul-envoy-proxy-concurrency': pod('uint', 'Threads of the proxy; 0 for one a core.', '2'),
  'connect-inject-mount-volume': pod('text', 'Containers that get the volume of Consul mounted, with commas between.'),
  'envoy-extra-args': pod('text', 'More arguments of Envoy, with blanks between.'),
  'enable-metrics': pod('bool', 'Whether Prometheus may scrape the proxy.'),
  'enable-metrics-merging': pod('bool', 'Whether metrics of proxy and application are served at one port.', 'false'),
  'merged-metrics-port': pod('unprivilegedPort', 'Port of the merged metrics.', '20100'),
  'prometheus-scrape-port': pod('unprivilegedPort', 'Port that Prometheus scrapes.', '20200'),
  'prometheus-scrape-path': pod('text', 'Path that Prometheus scrapes.', '/metrics'),
  'service-metrics-port': pod('port', 'Port of the application’s own metrics.', 'the port of the service'),
  'service-metrics-path': pod('text', 'Path of the application’s own metrics.', '/metrics'),
  'prometheus-ca-file': pod('text', 'File of the authority for scraping with TLS; certificate and key belong to it.'),
  'prometheus-ca-path': pod('text', 'Folder of authorities for scraping with TLS; certificate and key belong to it.'),
  'prometheus-cert-file': pod('text', 'Certificate for scraping with TLS.'),
  'prometheus-key-file': pod('text', 'Key for scraping with TLS.'),
  'consul-namespace': written('Consul namespace of the service.'),
  'connect-inject-status': written('Whether the pod was injected; a pod that bears it is not injected again.'),
  'transparent-proxy-status': written('Whether redirection was set up.'),
  'redirect-traffic-config': written('How the network plugin redirects traffic.'),
  'original-pod': written('The pod as it was before injection.'),
  'dual-stack': written('Whether the pod has addresses of both families.'),
  'connect-k8s-version': written('Version that injected the pod.'),
  'consul-k8s-version': written('Version that injected the pod.'),
  'gateway-kind': written('What sort of gateway the pod is.', ['mesh-gateway', 'ingress-gateway', 'terminating-gateway', 'api-gateway']),
  'gateway-wan-address-source': written('Where the address for other datacenters comes from.', ['Service', 'NodeIP', 'NodeName', 'Static']),
  'gateway-consul-service-name': written('Name of the gateway in Consul.'),
  'mesh-gateway-container-port': written('Port of the mesh gateway.'),
  'gateway-wan-address-static': written('Address for other datacenters.'),
  'gateway-wan-port': written('Port for other datacenters.'),
  'gateway-namespace': written('Consul namespace of the gateway.'),
  'peering-version': {
    type: 'uint',
    on: ['PeeringAcceptor', 'PeeringDialer'],
    docs: 'A number to raise when the peering has to be made anew.',
  },
  'migrate-entry': {
    type: 'text',
    values: ['true'],
    on: ['Entry'],
    docs: 'Lets the resource take over an entry that Consul has already.',
  },
  'gateway-class-config': {
    type: 'text',
    on: ['GatewayClass'],
    docs: 'Reserved; a GatewayClass names its GatewayClassConfig in `spec.parametersRef`.',
  },
  'ext-authz': {
    type: 'text',
    values: ['enabled', 'disabled'],
    on: ['Gateway', 'HTTPRoute'],
    docs: 'Whether requests are put to the external authorization unless a route says otherwise.',
  },
  // Of the sync of Services into the catalog, which is a part of its own.
  'service-sync': synced('bool', 'Whether the Service is copied into the catalog of Consul.'),
  'service-name': synced('text', 'Name of the Service in the catalog.'),
  'service-port': synced('text', 'Port of the Service that the catalog gets.'),
  'service-weight': synced('int', 'Weight of the Service in answers of DNS.'),
};

/** Annotations that Consul knows, by their whole names. */
export const ANNOTATIONS: Readonly<Record<string, AnnotationFacts>> = Object.fromEntries([
  ...Object.entries(SHORT).map(([name, facts]) => [PREFIX + name, facts] as const),
  ...['tls_cipher_suites', 'tls_min_version', 'tls_max_version', 'tls_sds_cluster_name', 'tls_sds_cert_resource'].map(
    (name) =>
      [`api-gateway.${PREFIX}${name}`, { type: 'text', on: [], docs: 'A key of `tls.options` of a listener, not an annotation.' }] as const,
  ),
]);

const META: AnnotationFacts = pod('text', 'A key of the service’s metadata in the catalog; subsets filter by it as `Service.Meta.<key>`.');

/** What is known of an annotation; undefined for one that Consul does not read. */
export function annotationNamed(name: string): AnnotationFacts | undefined {
  if (name.startsWith(META_PREFIX) && name.length > META_PREFIX.length) return META;
  return Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
}

export function isConsulAnnotation(name: string): boolean {
  return name.startsWith(PREFIX) || name.startsWith(`api-gateway.${PREFIX}`);
}

/** An annotation that people write on pods. */
export function isPodAnnotation(name: string): boolean {
  const facts = annotationNamed(name);
  return facts !== undefined && facts.on.includes('Pod') && facts.writtenBySystem !== true;
}

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** A boolean as Go reads it from text; undefined where it reads none. */
export function goBoolean(text: string): boolean | undefined {
  if (TRUE.includes(text)) return true;
  return FALSE.includes(text) ? false : undefined;
}

/** The boolean that was surely meant by `enabled`, `yes`, `off`. */
export function meantBoolean(text: string): boolean | undefined {
  if (/^\s*(?:true|enabled?|yes|on|y)\s*$/i.test(text)) return true;
  return /^\s*(?:false|disabled?|no|off|n)\s*$/i.test(text) ? false : undefined;
}

/** Why a value does not fit, as a clause; undefined where it does, or cannot be told. */
export function misfit({ type, values }: AnnotationFacts, value: string, pods?: PodTemplate): string | undefined {
  if (values && !values.includes(value)) return `it takes ${values.join(' or ')}`;
  switch (type) {
    case 'bool':
      return goBoolean(value) === undefined ? 'it takes true or false' : undefined;
    case 'port':
      return isPortOf(value, 1, pods) ? undefined : 'it takes a port, or the name of one of the pod';
    case 'unprivilegedPort':
      return isPortOf(value, 1024, pods) ? undefined : 'it takes a port from 1024 on, or the name of one of the pod';
    case 'uint':
      return /^\d+$/.test(value) ? undefined : 'it takes a whole number, 0 or more';
    case 'int':
      return /^[+-]?\d+$/.test(value) ? undefined : 'it takes a whole number';
    case 'intList':
      return isListOf(value, (it) => /^\d+$/.test(it)) ? undefined : 'it takes numbers with commas between';
    case 'portList':
      return isListOf(value, (it) => isPortOf(it, 1, pods)) ? undefined : 'it takes ports with commas between';
    case 'cidrList':
      return isListOf(value, isNetwork) ? undefined : 'it takes networks such as 10.0.0.0/8, with commas between';
    case 'quantity':
      return isQuantity(value) ? undefined : 'it takes a quantity such as 100m or 64Mi';
    case 'jsonMap':
      return isJson(value, (it) => typeof it === 'object' && it !== null && !Array.isArray(it)) ? undefined : 'it takes a JSON object';
    case 'jsonList':
      return isJson(value, Array.isArray) ? undefined : 'it takes a JSON array';
    case 'upstreams':
    case 'text':
      return undefined;
  }
}

function isPortOf(value: string, least: number, pods: PodTemplate | undefined): boolean {
  if (/^\d+$/.test(value)) return Number(value) >= least && Number(value) <= 65_535;
  return value !== '' && (pods === undefined || pods.specOpen || portNames(pods).includes(value));
}

/** Names of the ports that the containers declare. */
export function portNames(pods: PodTemplate): readonly string[] {
  return (pods.spec?.list('containers.*.ports.*.name') ?? []).flatMap((it) => it.text() ?? []);
}

function isListOf(value: string, isItem: (item: string) => boolean): boolean {
  return value.trim() === '' || value.split(',').every((it) => isItem(it.trim()));
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  if (address.includes(':')) return Number(bits) <= 128 && /^[0-9a-fA-F:.]+$/.test(address);
  const parts = address.split('.');
  return Number(bits) <= 32 && parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isQuantity(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(text);
}

function isJson(text: string, holds: (value: unknown) => boolean): boolean {
  try {
    return holds(JSON.parse(text));
  } catch {
    return false; // that it cannot be read is the answer
  }
}
