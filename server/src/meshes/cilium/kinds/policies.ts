import { defineKind, type Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { ANY_NAMESPACE, namespaceNamed, pickedWorkloads, secretsNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { cidrGroupNamed, envoyConfigNamed, EVERYWHERE, listenerNamed } from '../lookups.js';
import {
  entriesOf,
  hasItems,
  isHostPolicy,
  l7FieldsOf,
  partsOf,
  PEER_FIELDS,
  peerSelectors,
  portRulesOf,
  type Direction,
  type PolicyEntry,
  type PolicyPart,
} from '../policy.js';
import { endpointSelectorIn, canonical, firstPair, NAMESPACE_KEY, splitSource, type EndpointSelector } from '../selectors.js';
import {
  policies,
  policiesNamed,
  type DirectionFacts,
  type EntryFacts,
  type PeerFacts,
  type PolicyFacts,
  type PortFacts,
} from '../tables.js';

export const ciliumNetworkPolicy = defineKind({
  group: 'cilium.io',
  kind: 'CiliumNetworkPolicy',
  versions: ['v2'],
  shortNames: ['cnp', 'ciliumnp'],
  system: 'cilium',
  extract,
});

export const ciliumClusterwideNetworkPolicy = defineKind({
  group: 'cilium.io',
  kind: 'CiliumClusterwideNetworkPolicy',
  versions: ['v2'],
  shortNames: ['ccnp'],
  namespaced: false,
  system: 'cilium',
  extract,
});

function extract(resource: Resource, emit: Emit): void {
  const isClusterwide = resource.kind === 'CiliumClusterwideNetworkPolicy';
  for (const part of partsOf(resource)) {
    const selectorNode = part.node.get('endpointSelector');
    if (selectorNode && !isHostPolicy(part)) {
      const selector = endpointSelectorIn(selectorNode);
      define(resource, emit, part, isClusterwide, selector);
      referToPods(emit, selectorNode, selector, resource.namespace, isClusterwide);
    }
    for (const entry of entriesOf(part)) referFromEntry(resource, emit, entry, isClusterwide);
  }
}

function define(resource: Resource, emit: Emit, part: PolicyPart, isClusterwide: boolean, selector: EndpointSelector): void {
  const entries = entriesOf(part);
  const facts: PolicyFacts = {
    kind: resource.kind,
    name: resource.name,
    namespace: resource.namespace,
    isClusterwide,
    path: part.path,
    selector,
    ingress: directionIn(part, entries, 'ingress'),
    egress: directionIn(part, entries, 'egress'),
    incomplete: resource.partial || hasOpaque(part.node),
  };
  const at = resource.root.get('metadata.name') ?? part.place;
  const pair = firstPair(selector.pods.matchLabels);
  emit.define(policies, `${isClusterwide ? ANY_NAMESPACE : namespaceKey(resource.namespace)}/${pair}`, at, facts);
  emit.define(policies, `${EVERYWHERE}/${pair}`, at, facts);
  emit.define(policiesNamed, `${namespaceKey(resource.namespace)}/${resource.name}`, at, facts);
}

function directionIn(part: PolicyPart, entries: readonly PolicyEntry[], direction: Direction): DirectionFacts {
  const own = entries.filter((it) => it.direction === direction);
  const isStated = hasItems(part.node.get(direction)) || hasItems(part.node.get(`${direction}Deny`));
  return {
    allow: own.filter((it) => !it.isDeny).map(entryIn),
    deny: own.filter((it) => it.isDeny).map(entryIn),
    isDefaultDeny: isStated && part.node.boolean(`enableDefaultDeny.${direction}`) !== false,
  };
}

function entryIn(entry: PolicyEntry): EntryFacts {
  const { node } = entry;
  const ports = portRulesOf(entry);
  return {
    range: { start: node.start, end: node.end },
    peers: peersIn(entry),
    ports:
      ports.length === 0
        ? undefined
        : ports.map((it) =>
            portsIn(
              it.node,
              l7FieldsOf(it).map((field) => field.key),
            ),
          ),
    hasIcmp: hasItems(node.get('icmps')),
    authentication: node.text('authentication.mode'),
  };
}

function portsIn(node: YamlNode, l7: readonly string[]): PortFacts {
  return {
    ports: node.list('ports.*').map((port) => ({
      port: port.text('port') ?? String(port.number('port') ?? '0'),
      endPort: port.number('endPort'),
      protocol: port.text('protocol') ?? 'ANY',
    })),
    l7,
    dns: node.list('rules.dns.*').flatMap((it) => [it.text('matchName') ?? [], it.text('matchPattern') ?? []].flat()),
    serverNames: node.list('serverNames.*').flatMap((it) => it.text() ?? []),
  };
}

function peersIn({ node, direction }: PolicyEntry): PeerFacts | undefined {
  for (const field of PEER_FIELDS[direction]) {
    const list = node.get(field);
    if (list?.type !== 'list') continue;
    const selectors = field.endsWith('Endpoints') ? list.items.map(endpointSelectorIn) : [];
    const texts = selectors.length > 0 ? selectors.map(canonical) : list.items.map(textOf);
    return { field, texts: [...texts].sort(), selectors };
  }
  return undefined;
}

/** A peer in one line, in a form that is equal where what is written is. */
function textOf(node: YamlNode): string {
  switch (node.type) {
    case 'scalar':
      return String(node.value);
    case 'list':
      return `[${node.items.map(textOf).join(',')}]`;
    case 'map': {
      const entries = node.entries.map(({ key, value }) => ({ key, text: textOf(value) })).sort((a, b) => (a.key < b.key ? -1 : 1));
      const [only] = entries;
      return entries.length === 1 && ['cidr', 'matchName', 'matchPattern'].includes(only!.key)
        ? only!.text
        : `{${entries.map(({ key, text }) => `${key}:${text}`).join(',')}}`;
    }
  }
}

/** Labels alone are what "find references" can follow. */
function referToPods(
  emit: Emit,
  node: YamlNode,
  { pods, namespaces, namesNamespace, isOpaque }: EndpointSelector,
  own: string | undefined,
  isClusterwide: boolean,
): void {
  for (const { key, value } of node.map('matchLabels')?.entries ?? []) {
    const name = value.text();
    if (splitSource(key).name === NAMESPACE_KEY && name !== undefined) emit.refer(namespaceNamed, name, value);
  }
  const pairs = selectorText(pods.matchLabels);
  if (isOpaque || pairs === '' || pods.matchExpressions.length > 0) return;
  const place = namespaces?.[0] ?? (isClusterwide || namesNamespace ? ANY_NAMESPACE : namespaceKey(own));
  emit.refer(pickedWorkloads, `${place}/${pairs}`, node.map('matchLabels') ?? node);
}

function referFromEntry(resource: Resource, emit: Emit, entry: PolicyEntry, isClusterwide: boolean): void {
  const { node } = entry;
  const own = namespaceKey(resource.namespace);
  for (const selector of peerSelectors(entry)) referToPods(emit, selector, endpointSelectorIn(selector), resource.namespace, isClusterwide);
  for (const service of node.list('toServices.*.k8sService')) {
    const at = service.get('serviceName');
    const name = at?.text();
    if (at && name !== undefined) emit.refer(servicesNamed, `${service.text('namespace') ?? own}/${name}`, at);
  }
  for (const at of [...node.list('fromCIDRSet.*.cidrGroupRef'), ...node.list('toCIDRSet.*.cidrGroupRef')]) {
    const name = at.text();
    if (name !== undefined) emit.refer(cidrGroupNamed, name, at);
  }
  for (const listener of node.list('toPorts.*.listener')) {
    const key = envoyConfigKey(listener, resource);
    const [configName, listenerName] = [listener.get('envoyConfig.name'), listener.get('name')];
    if (key === undefined || configName === undefined) continue;
    emit.refer(envoyConfigNamed, key, configName);
    if (listenerName?.text() !== undefined) emit.refer(listenerNamed, `${key}/${listenerName.text()}`, listenerName);
  }
  for (const secret of [
    ...node.list('toPorts.*.terminatingTLS.secret'),
    ...node.list('toPorts.*.originatingTLS.secret'),
    ...node.list('toPorts.*.rules.http.*.headerMatches.*.secret'),
  ]) {
    const at = secret.get('name');
    const name = at?.text();
    if (at && name !== undefined) emit.refer(secretsNamed, `${secret.text('namespace') ?? own}/${name}`, at);
  }
}

/** `Kind/namespace/name` of the Envoy config that a listener is looked for in; undefined where a template fills it in. */
export function envoyConfigKey(listener: YamlNode, resource: Resource): string | undefined {
  const name = listener.text('envoyConfig.name');
  const kindNode = listener.get('envoyConfig.kind');
  const byDefault = resource.kind === 'CiliumNetworkPolicy' ? 'CiliumEnvoyConfig' : 'CiliumClusterwideEnvoyConfig';
  const kind = kindNode === undefined ? byDefault : kindNode.text();
  if (name === undefined || kind === undefined) return undefined;
  return `${kind}/${namespaceKey(kind === 'CiliumEnvoyConfig' ? resource.namespace : undefined)}/${name}`;
}
