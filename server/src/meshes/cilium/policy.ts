import type { Resource } from '../../model/resource.js';
import type { Range } from '../../text/range.js';
import type { YamlEntry, YamlList, YamlMap, YamlNode } from '../../yaml/node.js';

export type Direction = 'ingress' | 'egress';
export const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
export const POLICY_KINDS: readonly string[] = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

/** Fields that say with whom, of which a rule has one at most. */
export const PEER_FIELDS: Readonly<Record<Direction, readonly string[]>> = {
  ingress: ['fromEndpoints', 'fromCIDR', 'fromCIDRSet', 'fromEntities', 'fromNodes', 'fromGroups'],
  egress: ['toEndpoints', 'toCIDR', 'toCIDRSet', 'toEntities', 'toServices', 'toFQDNs', 'toNodes', 'toGroups'],
};

/** Fields of `rules` that look into requests. */
export const L7_FIELDS: readonly string[] = ['http', 'kafka', 'dns', 'l7proto', 'l7'];

/** What `spec` or an item of `specs` holds. */
export interface PolicyPart {
  readonly node: YamlMap;
  /** `spec`, or `specs.0`. */
  readonly path: string;
  /** Its key, or the item itself. */
  readonly place: Range;
}

/** An item of ingress, ingressDeny, egress or egressDeny. */
export interface PolicyEntry {
  readonly node: YamlMap;
  readonly list: YamlList;
  readonly index: number;
  readonly direction: Direction;
  readonly isDeny: boolean;
  readonly part: PolicyPart;
}

/** An item of `toPorts`. */
export interface PortRule {
  readonly node: YamlMap;
  readonly entry: PolicyEntry;
  /** `rules`, where it is a map. */
  readonly rules: YamlMap | undefined;
}

/** The rules of a policy; those that are no maps are left out. */
export function partsOf({ root }: Resource): readonly PolicyPart[] {
  const spec = root.entry('spec');
  const parts: PolicyPart[] = spec?.value.type === 'map' ? [{ node: spec.value, path: 'spec', place: spec.keyRange }] : [];
  for (const [index, item] of root.list('specs.*').entries())
    if (item.type === 'map') parts.push({ node: item, path: `specs.${index}`, place: item });
  return parts;
}

export function entriesOf(part: PolicyPart): readonly PolicyEntry[] {
  return DIRECTIONS.flatMap((direction) =>
    [false, true].flatMap((isDeny) => {
      const list = part.node.get(isDeny ? `${direction}Deny` : direction);
      if (list?.type !== 'list') return [];
      return list.items.flatMap((node, index) => (node.type === 'map' ? [{ node, list, index, direction, isDeny, part }] : []));
    }),
  );
}

export function allEntries(resource: Resource): readonly PolicyEntry[] {
  return partsOf(resource).flatMap(entriesOf);
}

export function portRulesOf(entry: PolicyEntry): readonly PortRule[] {
  return entry.node.list('toPorts.*').flatMap((node) => (node.type === 'map' ? [{ node, entry, rules: node.map('rules') }] : []));
}

export function allPortRules(resource: Resource): readonly PortRule[] {
  return allEntries(resource).flatMap(portRulesOf);
}

/** Peers that are written with at least one item. */
export function peersOf({ node, direction }: PolicyEntry): readonly YamlEntry[] {
  return node.entries.filter((it) => PEER_FIELDS[direction].includes(it.key) && hasItems(it.value));
}

/** Whether a list has items, or a template may give it some. */
export function hasItems(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'list') return node.items.length > 0 || node.partial;
  return node.type === 'scalar' && node.opaque;
}

/** Fields of a port rule that look into requests and say something. */
export function l7FieldsOf({ rules }: PortRule): readonly YamlEntry[] {
  return (rules?.entries ?? []).filter(
    ({ key, value }) => L7_FIELDS.includes(key) && !(value.type === 'scalar' && value.value === null && !value.opaque),
  );
}

/** Whether a policy is about nodes instead of pods. */
export function isHostPolicy({ node }: PolicyPart): boolean {
  return node.has('nodeSelector');
}

/** Selectors of endpoints among the peers of an entry. */
export function peerSelectors({ node, direction }: PolicyEntry): readonly YamlNode[] {
  return node.list(direction === 'ingress' ? 'fromEndpoints.*' : 'toEndpoints.*');
}
