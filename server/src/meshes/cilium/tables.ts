import { defineTable } from '../../index/tables.js';
import type { Labels } from '../../model/selectors.js';
import type { Range } from '../../text/range.js';
import type { LabelSelector } from '../kubernetes/tables.js';
import type { Direction } from './policy.js';
import type { EndpointSelector } from './selectors.js';

export interface PolicyPort {
  /** Number, or a name; `0` is every port. */
  readonly port: string;
  readonly endPort: number | undefined;
  /** `ANY` where nothing is said. */
  readonly protocol: string;
}

/** An item of `toPorts`. */
export interface PortFacts {
  readonly ports: readonly PolicyPort[];
  /** `http`, `dns` and so on; empty: it does not look into requests. */
  readonly l7: readonly string[];
  /** Names and patterns of its DNS rules. */
  readonly dns: readonly string[];
  readonly serverNames: readonly string[];
}

/** One kind of peer, and whom of it is meant. */
export interface PeerFacts {
  readonly field: string;
  /** As written, in a form that is equal where the meaning is. */
  readonly texts: readonly string[];
  /** Of fromEndpoints and toEndpoints. */
  readonly selectors: readonly EndpointSelector[];
}

/** An item of ingress, egress and their Deny lists. */
export interface EntryFacts {
  readonly range: Range;
  /** Undefined: any peer. */
  readonly peers: PeerFacts | undefined;
  /** Undefined: any port. */
  readonly ports: readonly PortFacts[] | undefined;
  readonly hasIcmp: boolean;
  readonly authentication: string | undefined;
}

export interface DirectionFacts {
  readonly allow: readonly EntryFacts[];
  readonly deny: readonly EntryFacts[];
  /** Pods that it selects refuse what nothing allows. */
  readonly isDefaultDeny: boolean;
}

/** One rule of a policy: its `spec`, or an item of its `specs`. */
export type PolicyFacts = Readonly<Record<Direction, DirectionFacts>> & {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly isClusterwide: boolean;
  /** `spec`, or `specs.0`. */
  readonly path: string;
  readonly selector: EndpointSelector;
  /** A template hides some of it: it may allow anything. */
  readonly incomplete: boolean;
};

/** A rule of a policy about nodes. */
export type HostPolicyFacts = Readonly<Record<Direction, DirectionFacts>> & {
  readonly selector: LabelSelector;
  readonly incomplete: boolean;
};

export type EnvoyConfigFacts = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly listeners: readonly string[];
  readonly incomplete: boolean;
};

export type NamedFacts = { readonly name: string; readonly labels: Labels };
export type CidrGroupFacts = NamedFacts & { readonly cidrs: readonly string[] };

/**
 * Rules of policies about pods by `namespace/key=value` of the first pair of their selector (sorted), `namespace/` where it has none. Those of
 * clusterwide policies are under the namespace `*`; each is also under `~`, whatever its namespace.
 */
export const policies = defineTable<PolicyFacts>('cilium/policies');
/** Rules of policies by `namespace/name` of the policy, for people who look at it. */
export const policiesNamed = defineTable<PolicyFacts>('cilium/policiesNamed');

/** Rules about nodes, under the one key ``: clusters have few. */
export const hostPolicies = defineTable<HostPolicyFacts>('cilium/hostPolicies');

/** Groups of ranges by name. */
export const cidrGroups = defineTable<CidrGroupFacts>('cilium/cidrGroups');
/** Every group of ranges, under the one key ``. */
export const allCidrGroups = defineTable<CidrGroupFacts>('cilium/allCidrGroups');

/** Envoy configs by `Kind/namespace/name`; without a namespace `Kind/?/name`. */
export const envoyConfigs = defineTable<EnvoyConfigFacts>('cilium/envoyConfigs');
/** Envoy configs by kind. */
export const envoyConfigsOfKind = defineTable<EnvoyConfigFacts>('cilium/envoyConfigsOfKind');
/** Listeners of Envoy configs by `Kind/namespace/name/listener`. */
export const listeners = defineTable<EnvoyConfigFacts>('cilium/listeners');

/** Configs of BGP peers by name. */
export const bgpPeerConfigs = defineTable<NamedFacts>('cilium/bgpPeerConfigs');
/** Pools of pod addresses by name. */
export const podPools = defineTable<NamedFacts>('cilium/podPools');

export const tables = [
  policies,
  policiesNamed,
  hostPolicies,
  cidrGroups,
  allCidrGroups,
  envoyConfigs,
  envoyConfigsOfKind,
  listeners,
  bgpPeerConfigs,
  podPools,
];
