import type { Emit } from '../../../model/kind.js';
import { wildcardsOf, serviceOfHost } from '../../../model/hosts.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';
import { accountsNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import { canonicalHost, completedHost, gatewayKey, portKey, subsetKey } from '../hosts.js';
import { gatewaysNamed, portsOfHost, subsetsNamed, virtualServicesNamed } from '../lookups.js';
import {
  destinationRules,
  destinationRulesUnder,
  destinationRulesByName,
  destinationRulesIn,
  serviceEntriesIn,
  serviceEntryHosts,
  serviceEntryHostsFolded,
  serviceEntryHostsUnder,
  serviceEntryPorts,
  subsetRoutes,
  subsets,
  eagerVirtualServices,
  USUAL_ATTEMPTS,
  virtualServices,
  virtualServicesByDestination,
  virtualServicesByGateway,
  virtualServicesByHost,
  virtualServicesUnder,
  virtualServicesByName,
  virtualServicesIn,
  virtualServicesOfPartialHosts,
  workloadEntries,
  workloadEntriesOfAccount,
  workloadGroups,
  type DestinationFacts,
  type ServiceEntryHost,
} from '../tables.js';
import { matchesText } from '../match-text.js';
import { innerRange, isOpen, istioKind, labelsAt, referHost, referWorkloads, textsAt } from './shared.js';
import { selectorText } from '../../../model/selectors.js';

/** Where a VirtualService names a destination. */
export interface DestinationSite {
  readonly node: YamlNode;
  /** Its host: where it stands, as written, and fully qualified. Undefined where none is written, or a template fills it in. */
  readonly named: { readonly at: YamlNode; readonly written: string; readonly host: string } | undefined;
  readonly field: 'http' | 'tcp' | 'tls';
  readonly mirror: boolean;
  /** Which route of its list it belongs to. */
  readonly route: number;
  /** The route itself, and what of its list of destinations names this one; undefined for a mirror. */
  readonly of: YamlNode;
  readonly entry: YamlNode | undefined;
}

/** Every destination of a VirtualService, in document order: routes of http, tcp and tls, then mirrors. */
export function destinationsOf({ root, namespace }: Resource): readonly DestinationSite[] {
  let found = sitesOf.get(root);
  if (found === undefined) sitesOf.set(root, (found = findDestinations(root, namespace)));
  return found;
}

/** Trees never change, and nine rules ask for the destinations of one. */
const sitesOf = new WeakMap<YamlNode, readonly DestinationSite[]>();

function findDestinations(root: YamlNode, namespace: string | undefined): readonly DestinationSite[] {
  const found: DestinationSite[] = [];
  // Most routes of one VirtualService lead to one host, and whoever looks it up is faster with the same text.
  const hosts = new Map<string, string>();
  const nameOf = (node: YamlNode): DestinationSite['named'] => {
    const at = node.get('host');
    const written = at?.text();
    if (at === undefined || written === undefined || written === '') return undefined;
    let host = hosts.get(written);
    if (host === undefined) hosts.set(written, (host = canonicalHost(written, namespace)));
    return { at, written, host };
  };
  const spec = root.get('spec');
  for (const field of ['tcp', 'tls', 'http'] as const) {
    spec?.listIn(field).forEach((of, route) => {
      for (const entry of of.list('route.*')) {
        const node = entry.get('destination');
        if (node) found.push({ node, named: nameOf(node), field, mirror: false, route, of, entry });
      }
      if (field !== 'http') return;
      for (const node of [of.get('mirror'), ...of.list('mirrors.*.destination')]) {
        if (node?.type === 'map') found.push({ node, named: nameOf(node), field, mirror: true, route, of, entry: undefined });
      }
    });
  }
  return found;
}

/** Per cent of a route's requests that one of its destinations gets; undefined where a template hides a weight. */
export function shareOf(route: YamlNode, destination: YamlNode): number | undefined {
  const all = route.list('route.*');
  if (all.length === 1) return 100;
  const weights = all.map((it) => (it.has('weight') ? it.number('weight') : 0));
  if (weights.some((it) => it === undefined)) return undefined;
  const sum = weights.reduce<number>((total, it) => total + (it ?? 0), 0);
  const own = weights[all.indexOf(destination)] ?? 0;
  return sum === 0 ? undefined : Math.round((own / sum) * 100);
}

const MATCHED_GATEWAYS = ['spec.http.*.match.*.gateways.*', 'spec.tcp.*.match.*.gateways.*', 'spec.tls.*.match.*.gateways.*'];

/** Every entry of a VirtualService that names a gateway: its own list, then those of matches. */
export function gatewayEntriesOf(root: YamlNode): readonly { readonly node: YamlNode; readonly inMatch: boolean }[] {
  return [
    ...root.list('spec.gateways.*').map((node) => ({ node, inMatch: false })),
    ...MATCHED_GATEWAYS.flatMap((path) => root.list(path).map((node) => ({ node, inMatch: true }))),
  ];
}

export const virtualService = istioKind('networking', 'VirtualService', ['v1', 'v1beta1', 'v1alpha3'], ['vs'], (resource, emit) => {
  const { root, namespace } = resource;
  const destinations: DestinationFacts[] = [];
  let latest: { readonly of: YamlNode; readonly takes: string } | undefined;
  for (const { node, named, field, mirror, route, of, entry } of destinationsOf(resource)) {
    if (named === undefined) continue;
    const { host } = named;
    referHost(resource, emit, named.at);
    if (latest?.of !== of) latest = { of, takes: matchesText(of) };
    const { takes } = latest;
    const attempts = entry && of.number('retries.attempts');
    const subset = node.text('subset');
    if (subset !== undefined && subset !== '')
      emit.refer(subsetsNamed, subsetKey(host, subset), node.get('subset')!, innerRange(node.get('subset')!, subset));
    const port = node.number('port.number');
    if (port !== undefined) emit.refer(portsOfHost, portKey(host, port), node.get('port.number')!);
    destinations.push({
      host,
      subset,
      port,
      field,
      mirror,
      route,
      share: entry && shareOf(of, entry),
      takes,
      ...(attempts === undefined ? {} : { attempts }),
      range: { start: node.start, end: node.end },
    });
  }
  const hosts: string[] = [];
  for (const node of root.list('spec.hosts.*')) {
    const host = referHost(resource, emit, node);
    if (host !== undefined) hosts.push(host);
  }
  const gateways = gatewaysOf(resource, emit);
  const matchedGateways = gatewayEntriesOf(root).flatMap(({ node, inMatch }) =>
    inMatch ? (referGateway(resource, emit, node) ?? []) : [],
  );
  for (const delegate of root.list('spec.http.*.delegate')) {
    const name = delegate.text('name');
    if (name !== undefined)
      emit.refer(
        virtualServicesNamed,
        `${delegate.text('namespace') ?? namespaceKey(namespace)}/${name}`,
        delegate.get('name')!,
        innerRange(delegate.get('name')!, name),
      );
  }
  if (resource.name === '') return;
  const at = root.get('metadata.name')!;
  const facts = {
    name: resource.name,
    namespace,
    hosts,
    gateways,
    ...(matchedGateways.length > 0 && { matchedGateways }),
    exportTo: textsAt(root, 'spec.exportTo'),
    destinations,
    incomplete: isOpen(resource, 'spec.hosts', 'spec.gateways', 'spec.exportTo'),
  };
  emit.define(virtualServices, `${namespaceKey(namespace)}/${resource.name}`, at, facts);
  emit.define(virtualServicesByName, resource.name, at, facts);
  emit.define(virtualServicesIn, namespaceKey(namespace), at, facts);
  for (const host of distinct(hosts)) emit.define(virtualServicesByHost, host, at, facts);
  for (const place of distinct(hosts.flatMap((it) => serviceOfHost(completedHost(it) ?? '')?.namespace ?? [])))
    emit.define(virtualServicesOfPartialHosts, place, at, facts);
  if (gateways.includes('mesh'))
    for (const wildcard of distinct(hosts.flatMap((it) => (serviceOfHost(it) ? wildcardsOf(it).slice(0, 1) : wildcardsOf(it)))))
      emit.define(virtualServicesUnder, wildcard, at, facts);
  for (const key of distinct(destinations.flatMap((it) => (it.subset ? [subsetKey(it.host, it.subset)] : []))))
    emit.define(subsetRoutes, key, at, facts);
  for (const gateway of distinct(gateways)) emit.define(virtualServicesByGateway, gateway, at, facts);
  const targets = destinations.filter((it) => !it.mirror).map((it) => it.host);
  for (const host of distinct(targets)) emit.define(virtualServicesByDestination, host, at, facts);
  if (destinations.some((it) => (it.attempts ?? 0) > USUAL_ATTEMPTS)) emit.define(eagerVirtualServices, '', at, facts);
});

/** Each text once; mostly there is one alone. */
function distinct(texts: readonly string[]): Iterable<string> {
  return texts.length < 2 ? texts : new Set(texts);
}

function gatewaysOf(resource: Resource, emit: Emit): readonly string[] {
  const nodes = resource.root.list('spec.gateways.*');
  if (nodes.length === 0 && !resource.root.has('spec.gateways')) return ['mesh'];
  return nodes.flatMap((node) => referGateway(resource, emit, node) ?? []);
}

function referGateway(resource: Resource, emit: Emit, node: YamlNode): string | undefined {
  const written = node.text();
  if (written === undefined || written === '') return undefined;
  const key = gatewayKey(written, resource.namespace);
  if (key === undefined) return 'mesh';
  const inner = innerRange(node, written);
  const slash = written.indexOf('/');
  const dot = slash < 0 ? written.indexOf('.') : -1;
  const name = inner && { start: inner.start + slash + 1, end: dot < 0 ? inner.end : inner.start + dot };
  emit.refer(gatewaysNamed, key, node, name);
  return key;
}

export const destinationRule = istioKind('networking', 'DestinationRule', ['v1', 'v1beta1', 'v1alpha3'], ['dr'], (resource, emit) => {
  const { root, namespace } = resource;
  const host = referHost(resource, emit, root.get('spec.host'));
  if (host === undefined) return;
  const nodes = root.list('spec.subsets.*');
  const workloadSelector = labelsAt(root, 'spec.workloadSelector.matchLabels');
  const facts = {
    name: resource.name,
    namespace,
    host,
    subsets: nodes.flatMap((node) => {
      const name = node.text('name');
      return name === undefined ? [] : [{ name, labels: labelsAt(node, 'labels') ?? {} }];
    }),
    tlsMode: root.text('spec.trafficPolicy.tls.mode'),
    portTlsModes: root.list('spec.trafficPolicy.portLevelSettings.*').flatMap((node) => {
      const port = node.number('port.number');
      return port === undefined || !node.has('tls') ? [] : [{ port, mode: node.text('tls.mode') }];
    }),
    hasOutlierDetection: OUTLIER_DETECTIONS.some((it) => root.list(it).length > 0),
    exportTo: textsAt(root, 'spec.exportTo'),
    workloadSelector,
    incomplete: isOpen(resource, 'spec.subsets.*.name', 'spec.subsets', 'spec.exportTo'),
  };
  const at = root.get('spec.host')!;
  emit.define(destinationRules, host, at, facts);
  for (const wildcard of wildcardsOf(host)) emit.define(destinationRulesUnder, wildcard, at, facts);
  const service = serviceOfHost(host);
  if (service) emit.define(destinationRulesByName, service.name, at, facts);
  emit.define(destinationRulesIn, namespaceKey(namespace), at, facts);
  for (const node of nodes) {
    const nameNode = node.get('name');
    const name = nameNode?.text();
    if (nameNode === undefined || name === undefined || name === '') continue;
    const labels = labelsAt(node, 'labels') ?? {};
    emit.define(subsets, subsetKey(host, name), nameNode, {
      name,
      labels,
      host,
      rule: resource.name,
      namespace,
      incomplete: node.type === 'map' && (node.partial || isOpenMap(node.map('labels'))),
    });
    const labelMap = node.map('labels');
    if (labelMap && Object.keys(labels).length > 0)
      emit.refer(
        pickedWorkloads,
        `${service ? namespaceKey(service.namespace) : namespaceKey(namespace)}/${selectorText(labels)}`,
        labelMap,
      );
  }
  referWorkloads(resource, emit, root.map('spec.workloadSelector.matchLabels'));
});

const OUTLIER_DETECTIONS = [
  'spec.trafficPolicy.outlierDetection',
  'spec.trafficPolicy.portLevelSettings.*.outlierDetection',
  'spec.subsets.*.trafficPolicy.outlierDetection',
  'spec.subsets.*.trafficPolicy.portLevelSettings.*.outlierDetection',
];

function isOpenMap(map: YamlMap | undefined): boolean {
  return (
    map !== undefined &&
    (map.partial || map.entries.some((entry) => entry.keyOpaque || (entry.value.type === 'scalar' && entry.value.opaque)))
  );
}

export const serviceEntry = istioKind('networking', 'ServiceEntry', ['v1', 'v1beta1', 'v1alpha3'], ['se'], (resource, emit) => {
  const { root, namespace } = resource;
  const portNodes = root.list('spec.ports.*');
  const ports = portNodes.map((port) => ({
    number: port.number('number'),
    name: port.text('name'),
    protocol: port.text('protocol'),
    ...(port.has('protocol') && port.text('protocol') === undefined && { hidden: true }),
  }));
  const shared = {
    entry: resource.name,
    namespace,
    hosts: textsAt(root, 'spec.hosts').flatMap((it) => (it === '' ? [] : [canonicalHost(it, namespace)])),
    ports,
    exportTo: textsAt(root, 'spec.exportTo'),
    workloadSelector: labelsAt(root, 'spec.workloadSelector.labels'),
    endpointLabels: root.list('spec.endpoints.*').map((endpoint) => labelsAt(endpoint, 'labels') ?? {}),
    location: root.text('spec.location'),
    resolution: root.text('spec.resolution'),
    incomplete: isOpen(resource, 'spec.hosts', 'spec.ports', 'spec.exportTo'),
  };
  for (const node of root.list('spec.hosts.*')) {
    const written = node.text();
    if (written === undefined || written === '') continue;
    const host = canonicalHost(written, namespace);
    const facts: ServiceEntryHost = { host, ...shared };
    emit.define(serviceEntryHosts, host, node, facts);
    if (host !== host.toLowerCase()) emit.define(serviceEntryHostsFolded, host.toLowerCase(), node, facts);
    for (const wildcard of wildcardsOf(host)) emit.define(serviceEntryHostsUnder, wildcard, node, facts);
    emit.define(serviceEntriesIn, namespaceKey(namespace), node, facts);
    for (const port of portNodes) {
      const number = port.number('number');
      if (number !== undefined)
        emit.define(serviceEntryPorts, portKey(host, number), port.get('number')!, {
          number,
          name: port.text('name'),
          protocol: port.text('protocol'),
        });
    }
  }
  referWorkloads(resource, emit, root.map('spec.workloadSelector.labels'));
});

export const workloadEntry = istioKind('networking', 'WorkloadEntry', ['v1', 'v1beta1', 'v1alpha3'], ['we'], (resource, emit) => {
  defineWorkloadEntry(resource, emit, 'spec.labels', 'spec.serviceAccount');
});

export const workloadGroup = istioKind('networking', 'WorkloadGroup', ['v1', 'v1beta1', 'v1alpha3'], ['wg'], (resource, emit) => {
  defineWorkloadEntry(resource, emit, 'spec.metadata.labels', 'spec.template.serviceAccount');
  const labels = labelsAt(resource.root, 'spec.metadata.labels') ?? {};
  if (!resource.root.has('spec.metadata')) return;
  emit.define(
    workloadGroups,
    `${namespaceKey(resource.namespace)}/${selectorText(labels)}`,
    resource.root.get('metadata.name') ?? resource.root,
    {
      name: resource.name,
      namespace: resource.namespace,
      labels,
      serviceAccount: resource.root.text('spec.template.serviceAccount'),
    },
  );
});

function defineWorkloadEntry(resource: Resource, emit: Emit, labelsPath: string, accountPath: string): void {
  const { root } = resource;
  const namespace = namespaceKey(resource.namespace);
  const labels = { ...toLabels(resource.labels), ...labelsAt(root, labelsPath) };
  const account = root.text(accountPath);
  const facts = { name: resource.name, namespace: resource.namespace, labels, serviceAccount: account };
  const at = root.get('metadata.name') ?? root;
  for (const place of [namespace, '*']) {
    emit.define(workloadEntries, `${place}/`, at, facts);
    for (const [key, value] of Object.entries(labels)) emit.define(workloadEntries, `${place}/${key}=${value}`, at, facts);
  }
  if (account === undefined || account === '') return;
  emit.refer(accountsNamed, `${namespace}/${account}`, root.get(accountPath)!);
  // A group makes entries only once machines join it: its account is a claim, not evidence.
  if (resource.kind === 'WorkloadEntry') emit.define(workloadEntriesOfAccount, `${namespace}/${account}`, at, facts);
}
