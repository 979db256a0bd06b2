import { hasFormat, parseDuration } from '../../schema/formats.js';
import { parseLinkerdDuration } from './durations.js';
import { parseNetwork } from './networks.js';
import { portElements } from './ports.js';
import { ACCESS_POLICIES } from './words.js';

/** What the value of an annotation has to look like. */
export type AnnotationValue =
  | { readonly type: 'bool' | 'int' | 'uint' | 'quantity' | 'goDuration' | 'linkerdDuration' | 'portList' | 'cidrList' | 'envList' }
  | { readonly type: 'retryHttp' | 'retryGrpc' | 'uint16' | 'uint32' }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** Numbers between two bounds; `exclusive`: which are none of them. */
  | { readonly type: 'number'; readonly min: number; readonly max: number; readonly exclusive?: boolean };

export interface AnnotationFacts {
  /** What it does, in a sentence. */
  readonly docs: string;
  /** Kinds it may stand on; `Pod` means pod templates too. */
  readonly on: readonly string[];
  readonly byDefault?: string;
  /** Undefined: any text. */
  readonly value?: AnnotationValue;
  /** Pods take it over from their Namespace. */
  readonly inherited?: boolean;
  /** Another name of it, which is the one to use. */
  readonly replacedBy?: string;
  /** Linkerd does not read it any more. */
  readonly removed?: boolean;
  /** Written by Linkerd itself, not by people. */
  readonly writtenBySystem?: boolean;
}

const POD = ['Pod'];
const ANY_POD = ['Namespace', 'Pod'];
const SERVICE = ['Service'];
const OUTBOUND = ['Service', 'EgressNetwork'];
const SWITCH: AnnotationValue = { type: 'enum', values: ['enabled', 'disabled'] };
const PULL: AnnotationValue = { type: 'enum', values: ['Always', 'IfNotPresent', 'Never'] };

const PODS_ONLY: Pick<AnnotationFacts, 'on'> = { on: POD };
const INHERITED: Pick<AnnotationFacts, 'on' | 'inherited'> = { on: ANY_POD, inherited: true };

/** Annotations that Linkerd 2.20 knows. */
export const ANNOTATIONS: Readonly<Record<string, AnnotationFacts>> = {
  'linkerd.io/inject': {
    ...INHERITED,
    docs: 'Whether new pods get a proxy. A pod that says `disabled` or `enabled` overrules its Namespace; any other word turns injection off. `ingress` is for proxies of ingress controllers.',
    value: { type: 'enum', values: ['enabled', 'disabled', 'ingress'] },
  },
  'config.linkerd.io/proxy-image': { ...INHERITED, docs: 'Image that the proxy runs.', byDefault: 'cr.l5d.io/linkerd/proxy' },
  'config.linkerd.io/proxy-version': { ...INHERITED, docs: 'Tag of the image of the proxy.', byDefault: 'that of the control plane' },
  'config.linkerd.io/image-pull-policy': {
    ...INHERITED,
    docs: 'When the images of proxy and init container are pulled.',
    byDefault: 'IfNotPresent',
    value: PULL,
  },
  'config.linkerd.io/debug-image': { ...PODS_ONLY, docs: 'Image of the debug container.', byDefault: 'cr.l5d.io/linkerd/debug' },
  'config.linkerd.io/debug-image-version': {
    ...PODS_ONLY,
    docs: 'Tag of the image of the debug container.',
    byDefault: 'that of the control plane',
  },
  'config.linkerd.io/debug-image-pull-policy': {
    ...PODS_ONLY,
    docs: 'When the image of the debug container is pulled.',
    byDefault: 'IfNotPresent',
    value: PULL,
  },
  'config.linkerd.io/enable-debug-sidecar': {
    ...INHERITED,
    docs: 'Puts a container with tcpdump and the like beside the proxy.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'config.linkerd.io/control-port': { ...INHERITED, docs: 'Where the proxy is controlled.', byDefault: '4190', value: { type: 'int' } },
  'config.linkerd.io/admin-port': {
    ...INHERITED,
    docs: 'Where the proxy serves metrics and probes.',
    byDefault: '4191',
    value: { type: 'int' },
  },
  'config.linkerd.io/inbound-port': {
    ...INHERITED,
    docs: 'Where calls to the pod enter the proxy.',
    byDefault: '4143',
    value: { type: 'int' },
  },
  'config.linkerd.io/outbound-port': {
    ...INHERITED,
    docs: 'Where calls of the pod enter the proxy.',
    byDefault: '4140',
    value: { type: 'int' },
  },
  'config.linkerd.io/pod-inbound-ports': {
    ...INHERITED,
    docs: 'Container ports that policies know of. The injector writes down those it sees; set it where something adds containers afterwards.',
    value: { type: 'portList' },
  },
  'config.linkerd.io/skip-inbound-ports': {
    ...INHERITED,
    docs: 'Ports of the pod that calls reach without the proxy: no mTLS, no policy, no metrics.',
    byDefault: '4567,4568',
    value: { type: 'portList' },
  },
  'config.linkerd.io/skip-outbound-ports': {
    ...INHERITED,
    docs: 'Ports that the pod calls without the proxy. It belongs on the client.',
    byDefault: '4567,4568',
    value: { type: 'portList' },
  },
  'config.linkerd.io/skip-subnets': { ...INHERITED, docs: 'Networks that are called without the proxy.', value: { type: 'cidrList' } },
  'config.linkerd.io/opaque-ports': {
    on: ['Namespace', 'Pod', 'Service', 'EgressNetwork'],
    inherited: true,
    docs: 'Ports taken for plain TCP: mTLS stays, routes and retries do not apply. Replaces the default list. Container ports on a pod, where their names do too; ports of the Service on a Service.',
    byDefault: '25,587,3306,4444,5432,6379,9300,11211',
    value: { type: 'portList' },
  },
  'config.linkerd.io/proxy-require-identity-inbound-ports': {
    ...INHERITED,
    docs: 'Ports that let in clients of the mesh only, where the default policy would let in all.',
    value: { type: 'portList' },
  },
  'config.linkerd.io/default-inbound-policy': {
    ...INHERITED,
    docs: 'Who may call ports that no Server covers. Pods take it when they are made.',
    byDefault: 'all-unauthenticated',
    value: { type: 'enum', values: ACCESS_POLICIES },
  },
  'config.linkerd.io/proxy-cpu-request': {
    ...INHERITED,
    docs: 'CPU that the proxy asks for, and the least number of its threads.',
    value: { type: 'quantity' },
  },
  'config.linkerd.io/proxy-cpu-limit': {
    ...INHERITED,
    docs: 'Most CPU that the proxy gets, and the largest number of its threads.',
    value: { type: 'quantity' },
  },
  'config.linkerd.io/proxy-cpu-ratio-limit': {
    ...PODS_ONLY,
    docs: "Threads of the proxy as a share of the node's CPUs, above 0 and below 1.",
    value: { type: 'number', min: 0, max: 1, exclusive: true },
  },
  'config.linkerd.io/proxy-memory-request': { ...INHERITED, docs: 'Memory that the proxy asks for.', value: { type: 'quantity' } },
  'config.linkerd.io/proxy-memory-limit': { ...INHERITED, docs: 'Most memory that the proxy gets.', value: { type: 'quantity' } },
  'config.linkerd.io/proxy-ephemeral-storage-request': {
    ...INHERITED,
    docs: 'Local disk that the proxy asks for.',
    value: { type: 'quantity' },
  },
  'config.linkerd.io/proxy-ephemeral-storage-limit': {
    ...INHERITED,
    docs: 'Most local disk that the proxy gets.',
    value: { type: 'quantity' },
  },
  'config.linkerd.io/proxy-uid': {
    ...INHERITED,
    docs: 'User that the proxy runs as. What that user sends is not sent through the proxy again.',
    byDefault: '2102',
    value: { type: 'int' },
  },
  'config.linkerd.io/proxy-gid': { ...INHERITED, docs: 'Group that the proxy runs as.', byDefault: '-1', value: { type: 'int' } },
  'config.linkerd.io/proxy-admin-shutdown': {
    ...INHERITED,
    docs: 'Lets a Job end its proxy by `POST /shutdown` on the admin port.',
    byDefault: 'disabled',
    value: SWITCH,
  },
  'config.linkerd.io/proxy-log-level': { ...INHERITED, docs: 'What the proxy logs.', byDefault: 'warn,linkerd=info,hickory=error' },
  'config.linkerd.io/proxy-log-format': {
    ...INHERITED,
    docs: 'How the proxy writes its log.',
    byDefault: 'plain',
    value: { type: 'enum', values: ['plain', 'json'] },
  },
  'config.linkerd.io/proxy-log-http-headers': {
    ...INHERITED,
    docs: 'Whether debug logs may show headers, with whatever secrets they carry.',
    byDefault: 'off',
    value: { type: 'enum', values: ['off', 'insecure'] },
  },
  'config.linkerd.io/access-log': {
    ...INHERITED,
    docs: 'Turns a log of every request on, in one of two formats.',
    value: { type: 'enum', values: ['apache', 'json'] },
  },
  'config.linkerd.io/enable-external-profiles': {
    ...INHERITED,
    docs: 'Looks up ServiceProfiles for names outside of the cluster, too.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'config.linkerd.io/enable-gateway': {
    ...PODS_ONLY,
    docs: 'Makes the proxy a gateway between clusters.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'config.linkerd.io/proxy-metrics-hostname-labels': {
    ...INHERITED,
    docs: 'Labels metrics of requests with the host name they were sent to.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'config.linkerd.io/proxy-outbound-connect-timeout': {
    ...INHERITED,
    docs: 'How long a connection to another pod may take to open.',
    byDefault: '1000ms',
    value: { type: 'goDuration' },
  },
  'config.linkerd.io/proxy-inbound-connect-timeout': {
    ...INHERITED,
    docs: 'How long a connection to the application may take to open.',
    byDefault: '100ms',
    value: { type: 'goDuration' },
  },
  'config.linkerd.io/proxy-outbound-discovery-cache-unused-timeout': {
    ...INHERITED,
    docs: 'After what time without a call the proxy forgets a service.',
    byDefault: '5s',
    value: { type: 'goDuration' },
  },
  'config.linkerd.io/proxy-inbound-discovery-cache-unused-timeout': {
    ...INHERITED,
    docs: 'After what time without a call the proxy forgets the policy of a port.',
    byDefault: '90s',
    value: { type: 'goDuration' },
  },
  'config.linkerd.io/proxy-disable-outbound-protocol-detect-timeout': {
    ...INHERITED,
    docs: 'Waits without limit to find out the protocol of calls of the pod.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'config.linkerd.io/proxy-disable-inbound-protocol-detect-timeout': {
    ...INHERITED,
    docs: 'Waits without limit to find out the protocol of calls to the pod.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'config.linkerd.io/proxy-await': {
    ...INHERITED,
    docs: 'Starts the application once the proxy is ready.',
    byDefault: 'enabled',
    value: SWITCH,
  },
  'config.linkerd.io/shutdown-grace-period': {
    ...INHERITED,
    docs: 'How long open requests may take to end when the pod stops.',
    byDefault: '2m',
    value: { type: 'goDuration' },
  },
  'config.linkerd.io/close-wait-timeout': {
    ...PODS_ONLY,
    docs: 'How long the kernel keeps half-closed connections.',
    value: { type: 'goDuration' },
  },
  'config.linkerd.io/proxy-enable-native-sidecar': {
    ...INHERITED,
    docs: 'Runs the proxy as an init container that goes on, so that it starts before the application and ends after it.',
    byDefault: 'true',
    value: { type: 'bool' },
  },
  'config.alpha.linkerd.io/proxy-enable-native-sidecar': {
    ...INHERITED,
    docs: 'Former name of `config.linkerd.io/proxy-enable-native-sidecar`.',
    value: { type: 'bool' },
    replacedBy: 'config.linkerd.io/proxy-enable-native-sidecar',
  },
  'config.beta.linkerd.io/proxy-enable-native-sidecar': {
    ...PODS_ONLY,
    docs: 'Former name of `config.linkerd.io/proxy-enable-native-sidecar`.',
    value: { type: 'bool' },
    replacedBy: 'config.linkerd.io/proxy-enable-native-sidecar',
  },
  'config.alpha.linkerd.io/proxy-wait-before-exit-seconds': {
    ...INHERITED,
    docs: 'How many seconds the proxy goes on after the pod is told to stop; less than the grace period of the pod.',
    byDefault: '0',
    value: { type: 'uint' },
  },
  'config.linkerd.io/proxy-additional-env': {
    ...INHERITED,
    docs: 'More environment variables of the proxy, as a JSON list. Those of Namespace and pod are put together by name.',
    value: { type: 'envList' },
  },
  'config.linkerd.io/disable-identity': { on: ANY_POD, docs: 'Read no more.', removed: true },
  'config.linkerd.io/disable-tap': { on: ANY_POD, docs: 'Read no more.', removed: true },
  'config.linkerd.io/init-image': { on: ANY_POD, docs: 'Read no more.', removed: true },
  'config.linkerd.io/init-image-version': { on: ANY_POD, docs: 'Read no more.', removed: true },
  'config.linkerd.io/trace-collector': { on: ANY_POD, docs: 'Read no more.', removed: true },
  'linkerd.io/created-by': { ...PODS_ONLY, docs: 'What injected the proxy.', writtenBySystem: true },
  'linkerd.io/proxy-version': { ...PODS_ONLY, docs: 'Version of the proxy that was injected.', writtenBySystem: true },
  'linkerd.io/trust-root-sha256': { ...PODS_ONLY, docs: 'Roots of trust at the time of injection.', writtenBySystem: true },
  'retry.linkerd.io/http': {
    on: [...OUTBOUND, 'HTTPRoute'],
    docs: 'Responses of HTTP that are tried again: `5xx`, `gateway-error` (502 to 504), codes and ranges of codes.',
    value: { type: 'retryHttp' },
  },
  'retry.linkerd.io/grpc': {
    on: [...OUTBOUND, 'GRPCRoute'],
    docs: 'Responses of gRPC that are tried again.',
    value: { type: 'retryGrpc' },
  },
  'retry.linkerd.io/limit': {
    on: [...OUTBOUND, 'HTTPRoute', 'GRPCRoute'],
    docs: 'How many more times a request is tried.',
    byDefault: '1',
    value: { type: 'uint16' },
  },
  'retry.linkerd.io/timeout': {
    on: [...OUTBOUND, 'HTTPRoute', 'GRPCRoute'],
    docs: 'After what time one try is given up, and the next begins.',
    value: { type: 'linkerdDuration' },
  },
  'timeout.linkerd.io/request': {
    on: [...OUTBOUND, 'HTTPRoute', 'GRPCRoute'],
    docs: 'Longest time from the start of a request to the end of its response, all tries together. Goes before `timeouts.request` of a rule.',
    value: { type: 'linkerdDuration' },
  },
  'timeout.linkerd.io/response': {
    on: [...OUTBOUND, 'HTTPRoute', 'GRPCRoute'],
    docs: 'Longest time from the end of a request to the end of its response.',
    value: { type: 'linkerdDuration' },
  },
  'timeout.linkerd.io/idle': {
    on: [...OUTBOUND, 'HTTPRoute', 'GRPCRoute'],
    docs: 'Longest time without a byte in either direction.',
    value: { type: 'linkerdDuration' },
  },
  'balancer.linkerd.io/failure-accrual': {
    on: OUTBOUND,
    docs: 'Turns circuit breaking on: a pod that fails gets no requests for a while.',
    value: { type: 'enum', values: ['consecutive', 'unified'] },
  },
  'balancer.linkerd.io/failure-accrual-consecutive-max-failures': {
    on: OUTBOUND,
    docs: 'Failures in a row after which a pod gets no requests.',
    byDefault: '7',
    value: { type: 'uint32' },
  },
  'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': {
    on: OUTBOUND,
    docs: 'How long that lasts the first time. No longer than the longest.',
    byDefault: '1s',
    value: { type: 'linkerdDuration' },
  },
  'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': {
    on: OUTBOUND,
    docs: 'How long that lasts at most. Not 0.',
    byDefault: '1m',
    value: { type: 'linkerdDuration' },
  },
  'balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio': {
    on: OUTBOUND,
    docs: 'How much chance there is in that time, 0 to 100.',
    byDefault: '0.5',
    value: { type: 'number', min: 0, max: 100 },
  },
  'balancer.alpha.linkerd.io/failure-accrual-success-rate-threshold': {
    on: OUTBOUND,
    docs: 'Share of good responses below which a pod gets no requests; 0 turns that off. For `unified`.',
    byDefault: '0.8',
    value: { type: 'number', min: 0, max: 1 },
  },
  'balancer.alpha.linkerd.io/failure-accrual-success-rate-window': {
    on: OUTBOUND,
    docs: 'Time over which responses are counted, at least 10ms. For `unified`.',
    byDefault: '10s',
    value: { type: 'linkerdDuration' },
  },
  'balancer.alpha.linkerd.io/failure-accrual-success-rate-min-requests': {
    on: OUTBOUND,
    docs: 'Requests that are needed for a verdict, at most 1000000. For `unified`.',
    byDefault: '5',
    value: { type: 'number', min: 0, max: 1_000_000 },
  },
  'balancer.alpha.linkerd.io/failure-accrual-honor-retry-after': {
    on: OUTBOUND,
    docs: 'Waits as long as the header Retry-After says.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'balancer.alpha.linkerd.io/penalize-failures': {
    on: SERVICE,
    docs: 'Sends fewer requests to pods that fail.',
    byDefault: 'false',
    value: { type: 'bool' },
  },
  'balancer.alpha.linkerd.io/load-biaser-penalty': {
    on: SERVICE,
    docs: 'By how much a failure makes a pod look slower.',
    byDefault: '5s',
    value: { type: 'linkerdDuration' },
  },
  'balancer.alpha.linkerd.io/load-biaser-max-retry-after': {
    on: SERVICE,
    docs: 'Longest time that is taken from the header Retry-After.',
    byDefault: '300s',
    value: { type: 'linkerdDuration' },
  },
  'multicluster.linkerd.io/remote-discovery': {
    on: SERVICE,
    docs: 'Services of other clusters, as `service@cluster`, whose pods are joined to a federated service.',
  },
  'multicluster.linkerd.io/local-discovery': { on: SERVICE, docs: 'Service of this cluster whose pods are joined to a federated service.' },
  'mirror.linkerd.io/gateway-identity': { on: SERVICE, docs: 'Identity of the gateway to this cluster.' },
  'mirror.linkerd.io/probe-failure-threshold': { on: SERVICE, docs: 'Failed probes after which the gateway counts as down.' },
  'mirror.linkerd.io/probe-period': { on: SERVICE, docs: 'Time between two probes of the gateway.' },
  'mirror.linkerd.io/probe-path': { on: SERVICE, docs: 'Path of the probe of the gateway.' },
  'mirror.linkerd.io/probe-timeout': { on: SERVICE, docs: 'How long a probe of the gateway may take.' },
};

/** What Linkerd knows of an annotation; undefined for those it does not know. */
export function annotationFacts(name: string): AnnotationFacts | undefined {
  return Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
}

/** Whether a name claims to be an annotation of Linkerd's. */
export function isLinkerdAnnotation(name: string): boolean {
  return /^(?:[a-z.]+\.)?linkerd\.io\//.test(name);
}

/** Whether a name is one of those that configure a proxy. */
export function isProxyConfig(name: string): boolean {
  return /^config\.(?:alpha\.|beta\.)?linkerd\.io\//.test(name);
}

/** Whether a name is one of those that set retries or timeouts of calls. */
export function isRetryOrTimeout(name: string): boolean {
  return name.startsWith('retry.linkerd.io/') || name.startsWith('timeout.linkerd.io/');
}

const GRPC_CODES = ['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'];

/**
 * What a value of an annotation looks like, as the end of a sentence; undefined where the value written is fine. `portNames`: names that
 * may stand for ports; undefined: any may.
 */
export function complaintAbout(rule: AnnotationValue, value: string, portNames: readonly string[] | undefined = []): string | undefined {
  switch (rule.type) {
    case 'bool':
      return /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value) ? undefined : 'it takes true or false';
    case 'int':
      return /^[+-]?\d+$/.test(value) ? undefined : 'it takes a whole number';
    case 'uint':
      return /^\d+$/.test(value) ? undefined : 'it takes a whole number';
    case 'uint16':
      return /^\+?\d+$/.test(value) && Number(value) <= 0xffff ? undefined : 'it takes a whole number up to 65535';
    case 'uint32':
      return /^\+?\d+$/.test(value) && Number(value) <= 0xffffffff ? undefined : 'it takes a whole number';
    case 'enum':
      return rule.values.includes(value) ? undefined : `it takes ${alternatives(rule.values)}`;
    case 'quantity':
      return hasFormat('quantity', value) ? undefined : 'it takes a quantity such as 100m or 64Mi';
    case 'goDuration':
      return parseDuration(value) !== undefined ? undefined : 'it takes a duration with a unit, as 2m30s';
    case 'linkerdDuration':
      return parseLinkerdDuration(value) !== undefined ? undefined : 'it takes a whole number with one unit: ms, s, m, h or d';
    case 'number': {
      const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN;
      const fits = rule.exclusive ? number > rule.min && number < rule.max : number >= rule.min && number <= rule.max;
      if (fits) return undefined;
      return rule.exclusive ? `it takes a number between ${rule.min} and ${rule.max}` : `it takes a number from ${rule.min} to ${rule.max}`;
    }
    case 'portList': {
      const bad = portElements(value).find(
        ({ ports }) => ports === undefined || ('name' in ports && portNames?.includes(ports.name) === false),
      );
      if (bad === undefined) return undefined;
      if (bad.ports === undefined || portNames === undefined || portNames.length === 0)
        return 'it takes ports and ranges, as 3306,8000-8010';
      return `no container has a port "${bad.text}"`;
    }
    case 'cidrList':
      return value.split(',').every((it) => it.includes('/') && parseNetwork(it.trim()) !== undefined)
        ? undefined
        : 'it takes networks, as 10.0.0.0/8';
    case 'envList':
      return isEnvList(value) ? undefined : 'it takes a JSON list of variables, each with a name';
    case 'retryHttp':
      return value.split(',').every(isHttpCondition)
        ? undefined
        : 'it takes 5xx, gateway-error, codes and ranges as 500-504, without blanks';
    case 'retryGrpc':
      return value.split(',').every((it) => GRPC_CODES.includes(it.toLowerCase()))
        ? undefined
        : `it takes ${alternatives(GRPC_CODES, 'and')}, without blanks`;
  }
}

/** Values to choose from, where there are few. */
export function valuesOf(rule: AnnotationValue | undefined): readonly string[] {
  switch (rule?.type) {
    case 'enum':
      return rule.values;
    case 'bool':
      return ['true', 'false'];
    case 'retryHttp':
      return ['5xx', 'gateway-error'];
    case 'retryGrpc':
      return GRPC_CODES;
    default:
      return [];
  }
}

function alternatives(words: readonly string[], conjunction = 'or'): string {
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

function isHttpCondition(text: string): boolean {
  if (/^(5xx|gateway-error)$/i.test(text)) return true;
  const parts = /^(\d{3})(?:-(\d{3}))?$/.exec(text);
  if (!parts) return false;
  const from = Number(parts[1]);
  const to = Number(parts[2] ?? parts[1]);
  return from >= 100 && from <= to && to <= 599;
}

function isEnvList(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text);
    return (
      Array.isArray(list) &&
      list.every((it: unknown) => typeof it === 'object' && it !== null && 'name' in it && typeof it.name === 'string' && it.name !== '')
    );
  } catch {
    return false;
  }
}
