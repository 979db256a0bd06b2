import type { Definition } from '../../model/facts.js';
import { namespaceKey } from '../../model/resource.js';
import { selectorText } from '../../model/selectors.js';
import { ANY_NAMESPACE } from '../kubernetes/lookups.js';
import { coversSelector } from './selectors.js';
import type { EntryFacts, PolicyFacts, PolicyPort, PortFacts } from './tables.js';

/** What a search for policies looks up, as a rule's `reads` give it. */
export interface PolicyReads {
  readonly policiesNear: (key: string) => readonly Definition<PolicyFacts>[];
}

/** Rules of policies that are about all pods that one is about, itself among them. */
export function coveringPolicies(subject: PolicyFacts, { policiesNear }: PolicyReads): readonly Definition<PolicyFacts>[] {
  const places = placesOfSubject(subject);
  const [place] = places ?? [];
  const key = `${places === undefined ? ANY_NAMESPACE : (place ?? ANY_NAMESPACE)}/${selectorText(subject.selector.pods.matchLabels)}`;
  return policiesNear(key).filter(
    ({ data }) => coversPlaces(data, subject) && coversSelector({ ...data.selector, namespaces: undefined }, subject.selector),
  );
}

/** Namespaces whose pods a rule is about; undefined: all. */
function placesOfSubject({ selector, isClusterwide, namespace }: PolicyFacts): readonly string[] | undefined {
  if (!isClusterwide) return [namespaceKey(namespace)];
  return selector.namespaces ?? (selector.namesNamespace ? [] : undefined);
}

function coversPlaces(wide: PolicyFacts, narrow: PolicyFacts): boolean {
  const [outer, inner] = [placesOfSubject(wide), placesOfSubject(narrow)];
  if (outer === undefined || outer.length === 0) return true;
  if (inner === undefined) return false;
  // Unknown against known is no mismatch.
  return outer.includes('?') || inner.every((it) => it === '?' || outer.includes(it));
}

/** Whether a port of a policy is one of a number and protocol; names may be any. */
function coversPort({ port, endPort, protocol }: PolicyPort, number: number, wanted: readonly string[]): boolean {
  if (!wanted.includes(protocol)) return false;
  if (!/^\d+$/.test(port)) return true;
  const first = Number(port);
  return first === 0 || first === number || (endPort !== undefined && first <= number && number <= endPort);
}

/** Whether a rule's ports, any where there are none, take a number of a protocol. */
export function opensPort({ ports, hasIcmp }: EntryFacts, number: number, protocol: 'TCP' | 'UDP'): boolean {
  if (ports === undefined) return !hasIcmp;
  return ports.some((it) => it.ports.length === 0 || it.ports.some((port) => coversPort(port, number, [protocol, 'ANY'])));
}

/** Whether a rule says anything at all: an item without peers and ports allows nothing. */
export function saysSomething({ peers, ports, hasIcmp }: EntryFacts): boolean {
  return ports !== undefined || hasIcmp || (peers !== undefined && peers.texts.length > 0);
}

/** DNS rules by which the proxy learns the addresses of names. */
export function dnsRulesOf({ egress }: PolicyFacts): readonly PortFacts[] {
  return egress.allow
    .flatMap((it) => it.ports ?? [])
    .filter(
      (it) => it.l7.includes('dns') && (it.ports.length === 0 || it.ports.some((port) => coversPort(port, 53, ['UDP', 'TCP', 'ANY']))),
    );
}

/** Whether pods that a policy is about may ask for names because of it. */
export function allowsDns(policy: PolicyFacts): boolean {
  return policy.egress.allow.some((entry) => {
    if (entry.ports !== undefined)
      return entry.ports.some((it) => it.ports.length === 0 || it.ports.some((port) => coversPort(port, 53, ['UDP', 'ANY'])));
    if (entry.hasIcmp || entry.peers === undefined) return false;
    const { field, texts, selectors } = entry.peers;
    switch (field) {
      case 'toEntities':
        return texts.some((it) => it === 'all' || it === 'cluster');
      case 'toEndpoints':
        return selectors.some(
          ({ namespaces, namesNamespace, pods, isOpaque }) =>
            isOpaque ||
            namespaces?.includes('kube-system') === true ||
            (namespaces === undefined && (namesNamespace || policy.isClusterwide || policy.namespace === 'kube-system')) ||
            /dns/.test(pods.matchLabels['k8s-app'] ?? ''),
        );
      case 'toServices':
        return texts.some((it) => it.includes('kube-system') || it.includes('dns'));
      default:
        return false;
    }
  });
}

/** Whether `name`, which may have stars, is matched by a name or pattern of a DNS rule. */
export function coversName(pattern: string, name: string): boolean {
  const clean = (text: string): string => text.toLowerCase().replace(/\.$/, '');
  const [wide, narrow] = [clean(pattern), clean(name)];
  if (wide === '*' || wide === narrow) return true;
  const source = wide.replaceAll('.', '\\.').replaceAll('**\\.', '(?:[-a-z0-9_]+\\.)+').replaceAll('*', '[-a-z0-9_]*');
  return new RegExp(`^${source}$`).test(narrow.replaceAll('**.', 'x.x.').replaceAll('*', 'x'));
}
