import type { YamlNode } from '../../yaml/node.js';
import type { Target } from './tables.js';

/** A target with the places where it is written. */
export interface WrittenTarget extends Target {
  readonly serviceNode: YamlNode | undefined;
  readonly subsetNode: YamlNode | undefined;
  /** A template fills in some of it. */
  readonly hidden: boolean;
}

const ELSEWHERE: readonly string[] = ['namespace', 'partition', 'peer', 'datacenter', 'samenessGroup'];

/** Where a split, a destination, a redirect or a target of a failover leads; `own` is the service of the entry. */
export function targetIn(node: YamlNode, own: string): WrittenTarget {
  const [serviceNode, subsetNode] = [node.get('service'), node.get('serviceSubset')];
  const elsewhere = ELSEWHERE.flatMap((field) => {
    const text = node.text(field);
    return text === undefined || text === '' ? [] : [`${field} ${text}`];
  });
  const datacenters = node.list('datacenters.*').flatMap((it) => it.text() || []);
  if (datacenters.length > 0) elsewhere.push(`datacenter ${datacenters.join(' or ')}`);
  return {
    service: node.text('service') || own,
    subset: node.text('serviceSubset') ?? '',
    elsewhere: elsewhere.join(', '),
    serviceNode,
    subsetNode,
    hidden: [serviceNode, subsetNode, ...ELSEWHERE.map((field) => node.get(field))].some((it) => it?.type === 'scalar' && it.opaque),
  };
}

/** Targets of the entries of a failover: its own fields, and those of its list. */
export function failoverTargets(node: YamlNode, own: string): readonly WrittenTarget[] {
  const listed = node.list('targets.*');
  return listed.length > 0 ? listed.map((it) => targetIn(it, own)) : [targetIn(node, own)];
}

/** A target without its nodes, as facts hold it. */
export function plainTarget({ service, subset, elsewhere }: Target): Target {
  return { service, subset, elsewhere };
}

/** `web`, `web (v2)`: how texts name a target. */
export function targetText({ service, subset, elsewhere }: Target): string {
  const more = [subset, elsewhere].filter((it) => it !== '').join(', ');
  return more === '' ? service : `${service} (${more})`;
}
