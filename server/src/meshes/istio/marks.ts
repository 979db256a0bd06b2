import { namespaceKey, type Resource } from '../../model/resource.js';
import type { Candidate, CompletionContext, FieldHover, ValueCompletion } from '../../rules/editor.js';
import { quoteIfNeeded } from '../../yaml/edit.js';
import type { YamlNode } from '../../yaml/node.js';
import { annotationSitesIn } from '../kubernetes/annotation-sites.js';
import { isMeshInUse } from '../kubernetes/lookups.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { ANNOTATIONS, isIstioAnnotation } from './annotations.js';
import { gatewaysIn } from '../gateway-api/tables.js';
import { allGateways, virtualServices } from './tables.js';

/** A label or an annotation that people write for Istio, and what it does. */
interface Mark {
  /** Kinds that it acts on; `Pod` stands for pod templates, too. */
  readonly on: readonly string[];
  readonly docs: string;
  /** All values, or one that shows the form. */
  readonly values: readonly string[];
  /** Comes before the others. */
  readonly isCommon?: true;
}

const YES_NO = ['true', 'false'];
const WAYPOINT_USERS = ['Namespace', 'Service', 'ServiceEntry'];

const LABELS: Readonly<Record<string, Mark>> = {
  'istio-injection': {
    on: ['Namespace'],
    values: ['enabled', 'disabled'],
    docs: 'Whether new pods of the namespace get a sidecar from the default revision. It wins over `istio.io/rev`; running pods change when they restart.',
    isCommon: true,
  },
  'istio.io/rev': {
    on: ['Namespace', 'Pod', 'Gateway'],
    values: ['default'],
    docs: 'Revision of the control plane, or a tag of one, that injects and configures the proxy. Without effect where `istio-injection` stands beside it.',
    isCommon: true,
  },
  'istio.io/dataplane-mode': {
    on: ['Namespace', 'Pod'],
    values: ['ambient', 'none'],
    docs: '`ambient` lets ztunnel carry the traffic of the pods, without sidecars; `none` keeps a pod out. A pod with a sidecar is never part of it.',
    isCommon: true,
  },
  'sidecar.istio.io/inject': {
    on: ['Pod'],
    values: YES_NO,
    docs: 'Whether the pod gets a sidecar, whatever its namespace says. A label of the pod template: on a Deployment itself it does nothing.',
    isCommon: true,
  },
  'istio.io/use-waypoint': {
    on: [...WAYPOINT_USERS, 'Pod', 'WorkloadEntry'],
    values: ['waypoint', 'none'],
    docs: 'Waypoint that requests go through, by the name of its Gateway; `none` opts out of that of the namespace. Needed for routes and policies about HTTP in ambient mode.',
    isCommon: true,
  },
  'istio.io/use-waypoint-namespace': {
    on: [...WAYPOINT_USERS, 'Pod', 'WorkloadEntry'],
    values: ['istio-system'],
    docs: 'Namespace of that waypoint. Not set: the own one.',
  },
  'istio.io/ingress-use-waypoint': {
    on: WAYPOINT_USERS,
    values: YES_NO,
    docs: 'Whether requests from ingress gateways go through the waypoint, too. By default they go past it.',
  },
  'istio.io/waypoint-for': {
    on: ['Gateway', 'GatewayClass'],
    values: ['service', 'workload', 'all', 'none'],
    docs: 'What a waypoint takes: traffic that was addressed to Services (the default), to pods directly, or both.',
    isCommon: true,
  },
  'networking.istio.io/enable-autoallocate-ip': {
    on: ['ServiceEntry'],
    values: YES_NO,
    docs: 'Whether a ServiceEntry without addresses gets one of the mesh, so that TCP on one port can be told apart by host.',
  },
  'networking.istio.io/gatewayPort': {
    on: ['Service'],
    values: ['15443'],
    docs: 'Port at which other networks reach this gateway, in place of 15443.',
  },
  'service.istio.io/canonical-name': {
    on: ['Pod'],
    values: ['name'],
    docs: 'Name of the service in metrics and traces. Not set: `app.kubernetes.io/name`, then `app`, then the name of the workload.',
  },
  'service.istio.io/canonical-revision': {
    on: ['Pod'],
    values: ['v1'],
    docs: 'Version of the service in metrics and traces. Not set: `app.kubernetes.io/version`, then `version`.',
  },
  'topology.istio.io/network': {
    on: ['Namespace', 'Pod', 'Service'],
    values: ['network1'],
    docs: 'Network of the pods: those of two networks reach one another through a gateway. On a Service, the network that this gateway serves.',
  },
};

/** Annotations without words here are too rare to be offered; their hover says what their table knows. */
const WORDS: Readonly<Record<string, Pick<Mark, 'docs' | 'values' | 'isCommon'>>> = {
  'proxy.istio.io/config': {
    values: ['|'],
    docs: 'Settings of this proxy over those of the mesh, as YAML of a ProxyConfig: `holdApplicationUntilProxyStarts: true`.',
    isCommon: true,
  },
  'traffic.sidecar.istio.io/excludeOutboundPorts': {
    values: ['5432'],
    docs: 'Ports, with commas, to which connections go past the proxy. Neither mTLS nor routes or metrics are left there.',
    isCommon: true,
  },
  'traffic.sidecar.istio.io/excludeInboundPorts': {
    values: ['9090'],
    docs: 'Ports, with commas, at which callers reach the container past the proxy. No policy protects them.',
    isCommon: true,
  },
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': {
    values: ['10.0.0.0/8'],
    docs: 'Ranges, with commas, to which connections go past the proxy.',
    isCommon: true,
  },
  'traffic.sidecar.istio.io/includeOutboundIPRanges': {
    values: ['*'],
    docs: 'Ranges, with commas, to which connections go through the proxy: `*` for all, nothing for none.',
  },
  'traffic.sidecar.istio.io/includeInboundPorts': {
    values: ['*'],
    docs: 'Ports, with commas, at which the proxy takes connections: `*` for all, nothing for none.',
  },
  'traffic.sidecar.istio.io/includeOutboundPorts': {
    values: ['443'],
    docs: 'Ports, with commas, to which connections go through the proxy whatever their address.',
  },
  'traffic.sidecar.istio.io/excludeInterfaces': { values: ['eth1'], docs: 'Network interfaces whose traffic the proxy does not take.' },
  'sidecar.istio.io/proxyCPU': { values: ['100m'], docs: 'CPU that the sidecar asks for.', isCommon: true },
  'sidecar.istio.io/proxyCPULimit': { values: ['500m'], docs: 'CPU that the sidecar gets at most.', isCommon: true },
  'sidecar.istio.io/proxyMemory': { values: ['128Mi'], docs: 'Memory that the sidecar asks for.', isCommon: true },
  'sidecar.istio.io/proxyMemoryLimit': {
    values: ['256Mi'],
    docs: 'Memory that the sidecar gets at most; beyond it, it is killed.',
    isCommon: true,
  },
  'sidecar.istio.io/proxyImage': {
    values: ['docker.io/istio/proxyv2:1.28.0'],
    docs: 'Image of the sidecar. It stays at its version when istiod is upgraded.',
  },
  'sidecar.istio.io/proxyImageType': { values: ['distroless', 'debug'], docs: 'Variant of the image of the sidecar.' },
  'sidecar.istio.io/logLevel': {
    values: ['warning', 'info', 'debug', 'trace', 'error', 'critical', 'off'],
    docs: 'What Envoy logs. `debug` and `trace` cost much.',
  },
  'sidecar.istio.io/componentLogLevel': { values: ['rbac:debug'], docs: 'What parts of Envoy log: `rbac:debug,http:info`.' },
  'sidecar.istio.io/agentLogLevel': { values: ['default:info'], docs: 'What the agent beside Envoy logs.' },
  'sidecar.istio.io/nativeSidecar': {
    values: YES_NO,
    docs: 'Whether the proxy is an init container that keeps running. Init containers then have the mesh, and Jobs can end.',
  },
  'sidecar.istio.io/rewriteAppHTTPProbers': {
    values: YES_NO,
    docs: 'Whether HTTP probes of the kubelet go through the agent. Without it they fail under STRICT mTLS. On unless the mesh turns it off.',
  },
  'sidecar.istio.io/interceptionMode': {
    values: ['REDIRECT', 'TPROXY', 'NONE'],
    docs: 'How connections reach the proxy. `TPROXY` keeps the address of the caller; `NONE` takes none.',
  },
  'sidecar.istio.io/bootstrapOverride': { values: ['name'], docs: 'ConfigMap with another bootstrap file for Envoy.' },
  'sidecar.istio.io/statsFlushInterval': { values: ['5s'], docs: 'How often metrics are sent to sinks that are pushed to.' },
  'sidecar.istio.io/statsEvictionInterval': { values: ['1h'], docs: 'After how long unused series of metrics are dropped.' },
  'sidecar.istio.io/userVolume': { values: ['[]'], docs: 'More volumes for the sidecar, as JSON.' },
  'sidecar.istio.io/userVolumeMount': { values: ['[]'], docs: 'Where those volumes appear in the sidecar, as JSON.' },
  'inject.istio.io/templates': {
    values: ['sidecar', 'gateway'],
    docs: 'What is injected: `gateway` makes the pod a gateway. Custom templates follow with commas.',
  },
  'prometheus.istio.io/merge-metrics': {
    values: YES_NO,
    docs: 'Whether Prometheus gets the metrics of application and proxy in one answer, without mTLS.',
  },
  'status.sidecar.istio.io/port': { values: ['15021'], docs: 'Port at which the proxy tells whether it is ready; 0 for none.' },
  'readiness.status.sidecar.istio.io/applicationPorts': {
    values: ['8080'],
    docs: 'Ports of the application that the proxy waits for before it is ready.',
  },
  'readiness.status.sidecar.istio.io/failureThreshold': { values: ['30'], docs: 'How often the probe of the proxy may fail.' },
  'readiness.status.sidecar.istio.io/initialDelaySeconds': { values: ['1'], docs: 'Seconds before the first probe of the proxy.' },
  'readiness.status.sidecar.istio.io/periodSeconds': { values: ['2'], docs: 'Seconds between two probes of the proxy.' },
  'ambient.istio.io/bypass-inbound-capture': {
    values: ['true'],
    docs: 'In ambient mode: only what the pod sends is captured. Callers reach it in plaintext, and no policy protects it.',
  },
  'ambient.istio.io/dns-capture': {
    values: YES_NO,
    docs: 'In ambient mode: whether ztunnel answers DNS. Without it, hosts of ServiceEntries do not resolve.',
  },
  'istio.io/reroute-virtual-interfaces': {
    values: ['net1'],
    docs: 'Interfaces of virtual machines in the pod, whose traffic counts as outbound.',
  },
  'networking.istio.io/exportTo': {
    values: ['.', '*', '~'],
    docs: 'Namespaces that see the Service, with commas: `.` for its own, `*` for all, `~` for none.',
    isCommon: true,
  },
  'networking.istio.io/traffic-distribution': {
    values: ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
    docs: 'Which endpoints are preferred; on a Namespace, for all its Services.',
  },
  'networking.istio.io/service-type': {
    values: ['ClusterIP', 'LoadBalancer', 'NodePort'],
    docs: 'Type of the Service that is made for the Gateway.',
  },
  'gateway.istio.io/name-override': { values: ['name'], docs: 'Name of the Deployment and Service that are made for the Gateway.' },
  'gateway.istio.io/service-account': { values: ['name'], docs: 'Name of the ServiceAccount that is made for the Gateway.' },
  'ambient.istio.io/waypoint-inbound-binding': {
    values: ['PROXY/15088'],
    docs: 'How ztunnel hands connections to the waypoint: a protocol, or protocol and port.',
  },
  'istio.io/dry-run': {
    values: ['true'],
    docs: 'The policy is evaluated and its verdicts are logged and counted, but nothing is refused for it.',
    isCommon: true,
  },
  'galley.istio.io/analyze-suppress': {
    values: ['IST0118'],
    docs: 'Codes that `istioctl analyze` and Meshwright do not report here, with commas.',
  },
  'traffic.istio.io/nodeSelector': {
    values: ['{"kubernetes.io/os": "linux"}'],
    docs: 'Nodes whose addresses other networks use, for a gateway behind node ports.',
  },
  'topology.istio.io/controlPlaneClusters': { values: ['*'], docs: 'Clusters whose istiod may take the lead for this one.' },
};

const LABELED = [...POD_KINDS, 'Namespace', 'Service', 'ServiceEntry', 'WorkloadEntry', 'gateway.networking.k8s.io/Gateway'];
const ANNOTATED = [...LABELED, 'AuthorizationPolicy'];

const below = (field: 'labels' | 'annotations'): readonly string[] =>
  ['metadata', 'spec.template.metadata', 'spec.jobTemplate.spec.template.metadata'].map((it) => `${it}.${field}.*`);

/** Labels and annotations where Istio reads them, each with its values. */
export const markValues: readonly ValueCompletion[] = [
  { kinds: LABELED, paths: below('labels'), complete: labelMarks },
  { kinds: ANNOTATED, paths: below('annotations'), complete: annotationMarks },
];

function* labelMarks(context: CompletionContext): Iterable<Candidate> {
  if (!isAtWork(context)) return;
  for (const [name, mark] of Object.entries(LABELS)) {
    const waypoints = name === 'istio.io/use-waypoint' ? waypointNames(context) : [];
    yield* offered(context, name, { ...mark, values: waypoints.length > 0 ? [...waypoints, 'none'] : mark.values });
  }
}

const WAYPOINT = 'istio-waypoint';

/** Waypoints of the namespace that the resource is in, or is. */
function waypointNames({ look, resource }: CompletionContext): readonly string[] {
  const namespace = resource.kind === 'Namespace' ? resource.name : namespaceKey(resource.namespace);
  return [
    ...new Set(
      look
        .get(gatewaysIn, namespace)
        .filter((it) => it.data.className === WAYPOINT)
        .map((it) => it.data.name),
    ),
  ].sort();
}

function* annotationMarks(context: CompletionContext): Iterable<Candidate> {
  if (!isAtWork(context)) return;
  for (const [name, words] of Object.entries(WORDS)) {
    const { on = [], deprecated } = ANNOTATIONS[name] ?? {};
    if (deprecated !== true) yield* offered(context, name, { ...words, on });
  }
}

/** Whether Istio is at work here, or nothing says that another mesh is. */
function isAtWork({ look, keysOf, path, written }: CompletionContext): boolean {
  if (look.get(isMeshInUse, 'istio') || [String(path.at(-1)), written].some((it) => it.includes('istio'))) return true;
  if (['linkerd', 'consul', 'kuma'].every((it) => !look.get(isMeshInUse, it))) return true;
  return look.get(allGateways, '').length > 0 || [...keysOf(virtualServices)].length > 0;
}

function* offered({ resource, path }: CompletionContext, name: string, mark: Mark): Iterable<Candidate> {
  const carrier = path[0] === 'metadata' ? resource.kind : 'Pod';
  if (!mark.on.includes(carrier) && !mark.on.includes('Any')) return;
  for (const value of mark.values) {
    const shown = value === '|' ? value : quoteIfNeeded(value);
    yield {
      label: `${name}: ${path.at(-1) === '*' ? shown : value}`,
      detail: 'Istio',
      rank: mark.isCommon === true ? 0 : 2,
      sort: 'label',
      docs: mark.docs,
    };
  }
}

/** What labels and annotations do, at their values. */
export const markHovers: readonly FieldHover[] = (['labels', 'annotations'] as const).map((field) => ({
  kinds: field === 'labels' ? LABELED : ANNOTATED,
  paths: below(field),
  describe: (resource: Resource, node: YamlNode) => describe(resource, node, field),
}));

function describe(resource: Resource, node: YamlNode, field: 'labels' | 'annotations'): readonly string[] {
  const isOurs = (name: string): boolean => (field === 'labels' ? Object.hasOwn(LABELS, name) : isIstioAnnotation(name));
  const site = annotationSitesIn(resource, isOurs, field).find((it) => it.value.start === node.start);
  if (site === undefined) return [];
  const facts = field === 'labels' ? undefined : ANNOTATIONS[site.name];
  const { docs, on = facts?.on ?? [] } = (field === 'labels' ? LABELS[site.name] : { ...WORDS[site.name], on: undefined }) ?? {};
  if (docs === undefined && facts === undefined) return [];
  const isRead = on.includes(site.carrier) || on.includes('Any');
  return [
    [`**${site.name.slice(site.name.indexOf('/') + 1)}**`, 'Istio', facts?.deprecated === true ? 'deprecated' : '']
      .filter((it) => it !== '')
      .join(' · '),
    ...(docs === undefined ? [] : [docs]),
    ...(facts?.replacedBy === undefined ? [] : [`In its place: ${facts.replacedBy}`]),
    ...(facts?.writtenBySystem === true ? ['Written by Istio itself.'] : []),
    ...(isRead || on.length === 0 ? [] : [`Read on ${on.join(', ')} only, not here.`]),
  ];
}
