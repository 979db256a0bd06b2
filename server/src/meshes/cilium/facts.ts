import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import { hasOpaque } from '../kubernetes/fields.js';
import { labelSelectorIn } from '../kubernetes/label-selectors.js';
import {
  entriesOf,
  hasItems,
  isHostPolicy,
  l7FieldsOf,
  partsOf,
  PEER_FIELDS,
  portRulesOf,
  type Direction,
  type PolicyEntry,
  type PolicyPart,
} from './policy.js';
import { canonical, endpointSelectorIn } from './selectors.js';
import type { DirectionFacts, EntryFacts, HostPolicyFacts, PeerFacts, PolicyFacts, PortFacts } from './tables.js';

/** A rule of a policy and what it says. */
export interface StatedPolicy {
  readonly part: PolicyPart;
  readonly facts: PolicyFacts;
}

/** Rules of a policy that are about pods. */
export function policyFactsIn(resource: Resource): readonly StatedPolicy[] {
  return partsOf(resource).flatMap((part) => {
    const selectorNode = part.node.get('endpointSelector');
    if (selectorNode === undefined || isHostPolicy(part)) return [];
    const facts: PolicyFacts = {
      kind: resource.kind,
      name: resource.name,
      namespace: resource.namespace,
      isClusterwide: resource.kind === 'CiliumClusterwideNetworkPolicy',
      path: part.path,
      selector: endpointSelectorIn(selectorNode),
      ...directionsIn(part),
      incomplete: resource.partial || hasOpaque(part.node),
    };
    return [{ part, facts }];
  });
}

/** What a rule says, whatever it is about. */
function directionsIn(part: PolicyPart): Readonly<Record<Direction, DirectionFacts>> {
  const entries = entriesOf(part);
  return { ingress: directionIn(part, entries, 'ingress'), egress: directionIn(part, entries, 'egress') };
}

/** Rules of a policy that are about nodes. */
export function hostFactsIn(resource: Resource): readonly { readonly part: PolicyPart; readonly facts: HostPolicyFacts }[] {
  return partsOf(resource)
    .filter(isHostPolicy)
    .map((part) => ({
      part,
      facts: {
        selector: labelSelectorIn(part.node.get('nodeSelector')),
        ...directionsIn(part),
        incomplete: resource.partial || hasOpaque(part.node),
      },
    }));
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
