import type { Definition } from '../../model/facts.js';
import type { LabelSelector, NetworkPolicyFacts, NetworkRule } from './tables.js';

/** Traffic that has to get through. */
export interface Opening {
  readonly direction: 'ingress' | 'egress';
  /** One of them is enough. */
  readonly ports: readonly number[];
  readonly protocol?: 'TCP' | 'UDP';
}

/**
 * Whether some NetworkPolicy of a pod may let traffic through: policies add up, and one that is about no such direction does not deny.
 * `place`: namespace of the other end; undefined where it may be anywhere.
 */
export function isOpenFor(
  policies: readonly Definition<NetworkPolicyFacts>[],
  opening: Opening,
  own: string | undefined,
  place: string | undefined,
): boolean {
  return policies.some(({ data }) => data.incomplete || (data[opening.direction] ?? []).some((rule) => allows(rule, opening, own, place)));
}

function allows(
  { peers, ports }: NetworkRule,
  { ports: wanted, protocol: over = 'TCP' }: Opening,
  own: string | undefined,
  place: string | undefined,
): boolean {
  const takesPort =
    ports === undefined ||
    ports.some(
      ({ port, endPort, protocol }) =>
        protocol === over &&
        (port === undefined ||
          typeof port === 'string' ||
          wanted.some((it) => port === it || (endPort !== undefined && port <= it && it <= endPort))),
    );
  if (!takesPort) return false;
  // A rule that names the port is taken to be for it; one for all ports has to reach the other end.
  if (peers === undefined || ports !== undefined || place === undefined) return true;
  return peers.some(({ cidr, namespaces }) =>
    cidr !== undefined ? mayHoldPods(cidr) : namespaces === undefined ? own === place : mayMean(namespaces, place),
  );
}

/** Whether a block is one that clusters give to their pods, or so wide that it holds one. */
function mayHoldPods(cidr: string): boolean {
  const length = Number(cidr.slice(cidr.indexOf('/') + 1));
  const isPrivate = /^(10|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^f[cd][\da-f]{2}:/i.test(cidr);
  return length < 8 || (isPrivate && length <= (cidr.includes(':') ? 112 : 24));
}

/** Whether a selector of namespaces may pick one of which nothing but the name is known. */
function mayMean({ matchLabels, matchExpressions }: LabelSelector, place: string): boolean {
  const name = matchLabels['kubernetes.io/metadata.name'];
  return matchExpressions.length > 0 || name === undefined || name === place;
}
