import { clusterDomain } from '../../index/settings.js';
import type { Definition } from '../../model/facts.js';
import { displayHost, hostsOverlap, serviceHost } from '../../model/hosts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { selects, selectorText } from '../../model/selectors.js';
import type { Candidate, CompletionContext, ValueCompletion } from '../../rules/editor.js';
import { insertItem } from '../../yaml/edit.js';
import { quoteIfNeeded } from '../../yaml/edit.js';
import { counted, labelCandidates, listed, namespaceCandidates, workloadNames } from '../kubernetes/editor.js';
import { selectedWorkloads, splitKey } from '../kubernetes/lookups.js';
import { secretsIn, serviceAccounts, services, workloadsOfAccount, type Workload } from '../kubernetes/tables.js';
import { placeIn } from '../../text/sorted.js';
import { canonicalHost, isExportedTo, serverHost } from './hosts.js';
import { destinationRulesFor, isServiceOwner, ownersOfHost, workloadsOfHost } from './lookups.js';
import { meshConfig } from './mesh-config.js';
import { isHttp, protocolOf } from './protocols.js';
import { allGateways, serviceEntryHosts, virtualServices, type DestinationRuleFacts, type ServerFacts } from './tables.js';

const DESTINATIONS = [
  'spec.http.*.route.*.destination',
  'spec.tcp.*.route.*.destination',
  'spec.tls.*.route.*.destination',
  'spec.http.*.mirror',
  'spec.http.*.mirrors.*.destination',
];

const SELECTORS: readonly { readonly kinds: readonly string[]; readonly path: string }[] = [
  {
    kinds: [
      'PeerAuthentication',
      'RequestAuthentication',
      'AuthorizationPolicy',
      'Telemetry',
      'WasmPlugin',
      'TrafficExtension',
      'ProxyConfig',
    ],
    path: 'spec.selector.matchLabels.*',
  },
  { kinds: ['Sidecar', 'EnvoyFilter', 'ServiceEntry'], path: 'spec.workloadSelector.labels.*' },
  { kinds: ['DestinationRule'], path: 'spec.workloadSelector.matchLabels.*' },
];

/** Values that come from the workspace, by field. */
export const values: readonly ValueCompletion[] = [
  { kinds: ['VirtualService'], paths: [...DESTINATIONS.map((it) => `${it}.host`), 'spec.hosts.*'], complete: hosts },
  { kinds: ['DestinationRule'], paths: ['spec.host'], complete: hosts },
  { kinds: ['Sidecar'], paths: ['spec.egress.*.hosts.*'], complete: egressHosts },
  { kinds: ['VirtualService'], paths: DESTINATIONS.map((it) => `${it}.subset`), complete: subsets },
  {
    kinds: ['VirtualService'],
    paths: DESTINATIONS.map((it) => `${it}.port.number`),
    complete: (context) => ports(context, context.textAt([...context.path.slice(0, -2), 'host'])),
  },
  {
    kinds: ['DestinationRule'],
    paths: ['spec.trafficPolicy.portLevelSettings.*.port.number', 'spec.subsets.*.trafficPolicy.portLevelSettings.*.port.number'],
    complete: (context) => ports(context, context.textAt(['spec', 'host'])),
  },
  {
    kinds: ['VirtualService'],
    paths: ['spec.gateways.*', 'spec.http.*.match.*.gateways.*', 'spec.tls.*.match.*.gateways.*', 'spec.tcp.*.match.*.gateways.*'],
    complete: gateways,
  },
  { kinds: ['VirtualService'], paths: ['spec.http.*.delegate.name'], complete: delegates },
  {
    kinds: ['AuthorizationPolicy'],
    paths: ['spec.rules.*.from.*.source.principals.*', 'spec.rules.*.from.*.source.notPrincipals.*'],
    complete: principals,
  },
  {
    kinds: ['AuthorizationPolicy'],
    paths: ['spec.rules.*.from.*.source.serviceAccounts.*', 'spec.rules.*.from.*.source.notServiceAccounts.*'],
    complete: accounts,
  },
  {
    kinds: ['AuthorizationPolicy'],
    paths: ['spec.rules.*.from.*.source.namespaces.*', 'spec.rules.*.from.*.source.notNamespaces.*'],
    complete: namespaceCandidates,
  },
  { kinds: ['VirtualService'], paths: ['spec.http.*.delegate.namespace'], complete: namespaceCandidates },
  { kinds: ['VirtualService', 'DestinationRule', 'ServiceEntry'], paths: ['spec.exportTo.*'], complete: exportTo },
  ...SELECTORS.map(({ kinds, path }) => ({
    kinds,
    paths: [path],
    complete: (context: CompletionContext) => labelCandidates(context, policyNamespace(context)),
  })),
  { kinds: ['Gateway'], paths: ['spec.selector.*'], complete: gatewayLabels },
  { kinds: ['DestinationRule'], paths: ['spec.subsets.*.labels.*'], complete: subsetLabels },
  { kinds: ['Gateway'], paths: ['spec.servers.*.tls.credentialName'], complete: credentials },
  {
    kinds: ['DestinationRule'],
    paths: [
      'spec.trafficPolicy.tls.credentialName',
      'spec.trafficPolicy.portLevelSettings.*.tls.credentialName',
      'spec.subsets.*.trafficPolicy.tls.credentialName',
    ],
    complete: (context) => secretsOf(context, new Set([namespaceKey(context.resource.namespace)]), 'in this namespace'),
  },
];

/** Services, short in their own namespace and in full elsewhere, then hosts of service entries. */
function* hosts({ resource, look, keysOf, text, written, leaveOut }: CompletionContext): Iterable<Candidate> {
  const domain = look.get(clusterDomain, '');
  const own = resource.namespace;
  const writesFull = text.includes(`.svc.${domain}`);
  const keys = [...keysOf(services)];
  const entries = [...keysOf(serviceEntryHosts)];
  const prefix = `${own ?? UNKNOWN_NAMESPACE}/`;
  // Of very many only those that fit are offered, and no more than are shown; most may be out of sight, and each look costs.
  const isMuch = keys.length + entries.length > ENOUGH;
  const word = isMuch ? written.toLowerCase() : '';
  let room = isMuch ? ENOUGH : Infinity;
  if (isMuch) leaveOut();
  for (const key of spelledKeys(keys, { word, prefix, tail: `.svc.${domain}`, writesFull, limit: 3 * room })) {
    if (room <= 0) return;
    const { namespace, name } = splitKey(key);
    const known = namespace === UNKNOWN_NAMESPACE ? undefined : namespace;
    const isOwn = known !== undefined && known === own;
    const isShort = known === undefined || (isOwn && !writesFull);
    const label = isShort ? name : serviceHost(name, known, domain);
    const visible = look.get(services, key).some(({ data }) => isExportedTo(data.exportTo, data.namespace, own));
    const where = isOwn ? 'Service, this namespace' : known === undefined ? 'Service' : `Service in ${known}`;
    const detail = visible ? where : `${where}, not exported to this namespace`;
    if (visible) room--;
    yield { label, detail, rank: visible ? (isOwn ? 0 : 2) : 4, sort: 'host' };
    if (isOwn && writesFull) yield { label: name, detail, rank: visible ? 1 : 4, sort: 'host' };
  }
  let looks = 3 * room;
  for (const host of entries) {
    // What is displayed begins as the host does.
    if (isMuch && !holds(word, host)) continue;
    const label = displayedHost(host);
    if (isMuch && !holds(word, label)) continue;
    if (room <= 0 || looks-- <= 0) return;
    const [entry] = look.get(serviceEntryHosts, host);
    if (!entry) continue;
    const visible = isExportedTo(entry.data.exportTo, entry.data.namespace, own);
    const detail = `ServiceEntry ${entry.data.entry}`;
    if (visible) room--;
    yield {
      label,
      detail: visible ? detail : `${detail}, not exported to this namespace`,
      rank: visible ? 3 : 4,
      sort: 'host',
    };
  }
}

/** More hosts than a list shows. */
const ENOUGH = 120;

interface Wanted {
  /** Letters that stand in the label, in this order. */
  readonly word: string;
  /** Of keys in the own namespace, which come first. */
  readonly prefix: string;
  /** What follows the namespace where a host is written in full. */
  readonly tail: string;
  readonly writesFull: boolean;
  readonly limit: number;
}

/**
 * Of the sorted keys of Services, `namespace/name`, those that fit what is written. A plain loop over offsets, as the labels of ten thousand keys take ten times as
 * long to put together, and generators are not compiled while they run.
 */
function spelledKeys(keys: readonly string[], { word, prefix, tail, writesFull, limit }: Wanted): readonly string[] {
  const rangeOf = (start: string): readonly [from: number, to: number] => [placeIn(keys, start), placeIn(keys, `${start}\uffff`)];
  const [ownStart, ownEnd] = rangeOf(prefix);
  const [unknownStart, unknownEnd] = rangeOf(`${UNKNOWN_NAMESPACE}/`);
  const own: string[] = [];
  const others: string[] = [];
  for (let i = 0; i < keys.length; i++) {
    const isOwn = i >= ownStart && i < ownEnd;
    if (!isOwn && others.length >= limit) continue;
    const key = keys[i]!;
    const isShort = (i >= unknownStart && i < unknownEnd) || (isOwn && !writesFull);
    if (isSpelled(word, key, isShort ? undefined : tail)) (isOwn ? own : others).push(key);
  }
  return [...own, ...others].slice(0, limit);
}

/** Whether letters stand in this order in `name`, or in `name.namespace` and a tail. */
function isSpelled(word: string, key: string, tail: string | undefined): boolean {
  const slash = key.indexOf('/');
  let at = advance(word, 0, key, slash + 1, key.length);
  if (tail === undefined) return at === word.length;
  // Where more letters are left than follow, most of ten thousand keys are done with.
  if (word.length - at > 1 + slash + tail.length) return false;
  if (word.charCodeAt(at) === DOT) at++;
  at = advance(word, at, key, 0, slash);
  if (word.length - at > tail.length) return false;
  return advance(word, at, tail, 0, tail.length) === word.length;
}

/** Whether letters stand in this order in a text. */
function holds(word: string, text: string): boolean {
  return text.length >= word.length && advance(word, 0, text, 0, text.length) === word.length;
}

/** How far a word comes with the letters of a part of a text, one after the other. */
function advance(word: string, at: number, text: string, from: number, to: number): number {
  for (let i = from; i < to && at < word.length; i++) if (text.charCodeAt(i) === word.charCodeAt(at)) at++;
  return at;
}

const DOT = 46;

const UNKNOWN_PART = `.${UNKNOWN_NAMESPACE}.`;

/** Short names of service entries are qualified in keys only. */
function displayedHost(host: string): string {
  return host.includes(UNKNOWN_PART) ? displayHost(host) : host;
}

/** `namespace/host` entries of a Sidecar. */
function* egressHosts(context: CompletionContext): Iterable<Candidate> {
  yield { label: './*', detail: 'this namespace', rank: 0, sort: 'host' };
  for (const { label, detail } of namespaceCandidates(context))
    yield { label: `${label}/*`, ...(detail === undefined ? {} : { detail }), rank: 1, sort: 'host' };
  const domain = context.look.get(clusterDomain, '');
  for (const key of [...context.keysOf(services)].sort()) {
    const { namespace, name } = splitKey(key);
    if (namespace !== UNKNOWN_NAMESPACE)
      yield { label: `${namespace}/${serviceHost(name, namespace, domain)}`, detail: 'Service', rank: 2, sort: 'host' };
  }
  for (const host of [...context.keysOf(serviceEntryHosts)].sort())
    yield { label: `*/${displayedHost(host)}`, detail: 'ServiceEntry', rank: 3, sort: 'host' };
}

/** Subsets of the host beside, with pods first, then those that workloads suggest and nobody has defined yet. */
function* subsets(context: CompletionContext): Iterable<Candidate> {
  const { look, path, resource } = context;
  const written = context.textAt([...path.slice(0, -1), 'host']);
  if (written === '') return;
  const host = canonicalHost(written, resource.namespace);
  const rules = look.get(destinationRulesFor, host);
  const pods = look.get(workloadsOfHost, host);
  const taken = new Set<string>();
  for (const { data } of rules) {
    for (const subset of data.subsets) {
      if (taken.has(subset.name)) continue;
      taken.add(subset.name);
      const picked = pods?.filter((it) => selects(subset.labels, it.data.labels));
      const labels = selectorText(subset.labels);
      const behind =
        picked === undefined ? '' : picked.length === 0 ? 'no pod' : `${workloadNames(picked)}, ${counted(podCount(picked), 'pod')}`;
      yield {
        label: subset.name,
        detail: [labels, behind].filter((it) => it !== '').join(', '),
        rank: picked?.length === 0 ? 1 : 0,
        sort: 'subset',
      };
    }
  }
  const [rule] = rules;
  if (!rule || rules.length > 1 || !pods) return;
  yield* newSubsets(context, rule, pods, taken);
}

function* newSubsets(
  { other }: CompletionContext,
  rule: Definition<DestinationRuleFacts>,
  pods: readonly Definition<Workload>[],
  taken: ReadonlySet<string>,
): Iterable<Candidate> {
  const versions = new Map<string, Definition<Workload>[]>();
  for (const pod of pods) {
    const version = pod.data.labels['version'];
    if (version !== undefined) versions.set(version, [...(versions.get(version) ?? []), pod]);
  }
  for (const [version, found] of [...versions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (
      taken.has(version) ||
      rule.data.subsets.some(({ labels }) => found.every((it) => selects(labels, it.data.labels)) && Object.keys(labels).length > 0)
    )
      continue;
    const place = other(rule.resource);
    const list = place?.resource.root.get('spec.subsets');
    if (!place || list?.type !== 'list') continue;
    const name = quoteIfNeeded(version);
    yield {
      label: version,
      detail: `new, from ${workloadNames(found)}`,
      rank: 2,
      sort: 'subset',
      also: [{ resource: rule.resource, ...insertItem(place.text, list, `name: ${name}\nlabels:\n  version: ${name}`) }],
    };
  }
}

function* ports({ look, path, resource }: CompletionContext, written: string): Iterable<Candidate> {
  if (written === '') return;
  const wantsHttp = path[1] === 'http';
  const seen = new Set<number>();
  for (const owner of look.get(ownersOfHost, canonicalHost(written, resource.namespace))) {
    const found = isServiceOwner(owner)
      ? owner.data.ports.map((port) => ({ number: port.number, protocol: protocolOf(port), target: port.targetPort }))
      : owner.data.ports.map((port) => ({ number: port.number, protocol: port.protocol?.toLowerCase(), target: undefined }));
    for (const { number, protocol, target } of found) {
      if (number === undefined || seen.has(number)) continue;
      seen.add(number);
      const detail = [protocol ?? 'protocol guessed', target === undefined ? '' : `to ${target}`].filter((it) => it !== '').join(', ');
      yield {
        label: String(number),
        detail,
        rank: wantsHttp && protocol !== undefined && isHttp(protocol) ? 0 : 1,
        sort: 'port',
        quoted: false,
      };
    }
  }
}

/** Gateways, those that serve one of the route's hosts first. */
function* gateways({ look, resource, textsAt }: CompletionContext): Iterable<Candidate> {
  const wanted = textsAt(['spec', 'hosts']);
  for (const { data } of look.get(allGateways, '')) {
    const isOwn = data.namespace === undefined || data.namespace === resource.namespace;
    const serves = data.servers
      .flatMap((server) => server.hosts)
      .some((it) => wanted.some((host) => hostsOverlap(serverHost(it, data.namespace).host, host)));
    yield {
      label: isOwn ? data.name : `${data.namespace}/${data.name}`,
      detail: servedHosts(data.servers),
      rank: serves ? 0 : 2,
      sort: 'gateway',
    };
  }
  yield { label: 'mesh', detail: 'all sidecars', rank: 1, sort: 'gateway' };
}

function servedHosts(servers: readonly ServerFacts[]): string {
  return listed([...new Set(servers.flatMap((it) => it.hosts))]);
}

function* delegates({ look, keysOf, resource, textAt, path }: CompletionContext): Iterable<Candidate> {
  const namespace = textAt([...path.slice(0, -1), 'namespace']) || namespaceKey(resource.namespace);
  for (const key of [...keysOf(virtualServices)].sort()) {
    const place = splitKey(key);
    if (place.namespace !== namespace || place.name === resource.name) continue;
    // Only a VirtualService without hosts of its own may be delegated to.
    const isDelegate = look.get(virtualServices, key).some(({ data }) => data.hosts.length === 0);
    yield {
      label: place.name,
      detail: isDelegate ? 'VirtualService without hosts' : 'VirtualService with hosts of its own',
      rank: isDelegate ? 0 : 1,
      sort: 'name',
    };
  }
}

function* principals({ look, keysOf, resource }: CompletionContext): Iterable<Candidate> {
  const { trustDomain } = look.get(meshConfig, '');
  const named = new Set<string>();
  for (const key of new Set([...keysOf(serviceAccounts), ...keysOf(workloadsOfAccount)].sort())) {
    const { namespace, name } = splitKey(key);
    if (namespace === UNKNOWN_NAMESPACE) continue;
    named.add(namespace);
    const users = look.get(workloadsOfAccount, key);
    yield {
      label: `${trustDomain}/ns/${namespace}/sa/${name}`,
      detail: users.length === 0 ? 'nothing runs as it' : workloadNames(users),
      rank: users.length === 0 ? 2 : namespace === resource.namespace ? 0 : 1,
      sort: 'principal',
    };
  }
  for (const namespace of [...named].sort())
    yield { label: `${trustDomain}/ns/${namespace}/*`, detail: 'everyone in the namespace', rank: 3, sort: 'principal' };
}

function* accounts({ look, keysOf, resource }: CompletionContext): Iterable<Candidate> {
  for (const key of new Set([...keysOf(serviceAccounts), ...keysOf(workloadsOfAccount)].sort())) {
    const { namespace, name } = splitKey(key);
    const isOwn = namespace === namespaceKey(resource.namespace);
    if (namespace === UNKNOWN_NAMESPACE && !isOwn) continue;
    const users = look.get(workloadsOfAccount, key);
    yield {
      label: isOwn ? name : key,
      detail: users.length === 0 ? 'nothing runs as it' : workloadNames(users),
      rank: isOwn ? 0 : 1,
      sort: 'principal',
    };
  }
}

function* exportTo(context: CompletionContext): Iterable<Candidate> {
  yield { label: '.', detail: 'this namespace only', rank: 0, sort: 'namespace', quoted: true };
  yield { label: '*', detail: 'every namespace', rank: 0, sort: 'namespace', quoted: true };
  for (const candidate of namespaceCandidates(context)) yield { ...candidate, rank: 1 };
}

/** Labels that tell the workloads behind the rule's host apart come first. */
function* subsetLabels({ look, resource, textAt }: CompletionContext): Iterable<Candidate> {
  const written = textAt(['spec', 'host']);
  const pods = written === '' ? undefined : look.get(workloadsOfHost, canonicalHost(written, resource.namespace));
  const counts = new Map<string, Definition<Workload>[]>();
  for (const pod of pods ?? []) {
    for (const [key, value] of Object.entries(pod.data.labels))
      counts.set(`${key}: ${value}`, [...(counts.get(`${key}: ${value}`) ?? []), pod]);
  }
  for (const [label, found] of [...counts].sort(([a, x], [b, y]) => x.length - y.length || (a < b ? -1 : 1))) {
    yield {
      label,
      detail: workloadNames(found),
      rank: label.startsWith('version: ') ? 0 : found.length < (pods?.length ?? 0) ? 1 : 2,
      sort: 'label',
    };
  }
}

/** Secrets of the namespaces in which the gateway's pods run; they can read no other. */
function credentials(context: CompletionContext): Iterable<Candidate> {
  const selector = context.resource.root.map('spec.selector');
  const pairs = selector ? selectorText(Object.fromEntries(selector.texts())) : '';
  const pods = pairs === '' ? [] : context.look.get(selectedWorkloads, `*/${pairs}`);
  const places = new Set(pods.map((it) => namespaceKey(it.data.namespace)));
  if (places.size === 0) places.add(namespaceKey(context.resource.namespace));
  return secretsOf(context, places, 'where the gateway runs');
}

function* secretsOf({ look, keysOf }: CompletionContext, readable: ReadonlySet<string>, why: string): Iterable<Candidate> {
  for (const place of [...keysOf(secretsIn)].sort()) {
    const where = place === UNKNOWN_NAMESPACE ? 'without a namespace' : `in ${place}`;
    for (const { data } of look.get(secretsIn, place)) {
      const canRead = readable.has(place) || place === UNKNOWN_NAMESPACE;
      yield { label: data.name, detail: canRead ? `${where}, ${why}` : `${where}, not read here`, rank: canRead ? 0 : 1, sort: 'secret' };
    }
  }
}

/** Labels of pods, those by which gateways are known first; the gateway of an installation where no manifest shows one. */
function* gatewayLabels(context: CompletionContext): Iterable<Candidate> {
  const found = [...labelCandidates(context, undefined)];
  const isGateway = ({ label }: Candidate): boolean => /^istio: /.test(label);
  if (!found.some(isGateway)) yield { label: 'istio: ingressgateway', detail: 'as Istio installs it', rank: 0, sort: 'label' };
  for (const it of found) yield isGateway(it) ? it : { ...it, rank: it.rank + 1 };
}

/** A policy of the root namespace picks workloads everywhere. */
function policyNamespace({ look, resource }: CompletionContext): string | undefined {
  return resource.namespace === look.get(meshConfig, '').rootNamespace ? undefined : namespaceKey(resource.namespace);
}

function podCount(found: readonly Definition<Workload>[]): number {
  return found.reduce((sum, it) => sum + it.data.replicas, 0);
}
