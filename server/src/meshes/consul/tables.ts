import { defineTable } from '../../index/tables.js';

/** Something that goes by a name in Consul. */
export type Entry = {
  readonly kind: string;
  readonly name: string;
  /** Kubernetes namespace of the resource. */
  readonly namespace: string | undefined;
};

export type ServiceDefaultsFacts = Entry & {
  /** As written; empty where none is. Undefined: a template fills it in. */
  readonly protocol: string | undefined;
  readonly hasExternalSni: boolean;
};

export type ProxyDefaultsFacts = Entry & { readonly protocol: string | undefined };

export type MeshFacts = Entry & { readonly allowsPermissive: boolean };

/** Where traffic goes from an entry. */
export interface Target {
  /** Empty: the service of the entry itself. */
  readonly service: string;
  readonly subset: string;
  /** Namespace, partition, peer, datacenter or sameness group: it leaves what this workspace can know. */
  readonly elsewhere: string;
}

export type ResolverFacts = Entry & {
  readonly subsets: readonly string[];
  readonly defaultSubset: string;
  readonly redirect: Target | undefined;
  readonly failover: readonly { readonly subset: string; readonly targets: readonly Target[] }[];
  /** A template hides some of it: it may define any subset. */
  readonly incomplete: boolean;
};

export type SubsetFacts = {
  readonly service: string;
  readonly name: string;
  readonly filter: string;
  readonly onlyPassing: boolean;
};

export type RouterFacts = Entry & {
  readonly routes: readonly { readonly match: string; readonly target: Target }[];
};

export type SplitterFacts = Entry & {
  readonly splits: readonly { readonly weight: number | undefined; readonly target: Target }[];
};

export interface IntentionSource {
  /** Empty where it has none, or a template fills it in. */
  readonly name: string;
  readonly namespace: string;
  readonly partition: string;
  readonly peer: string;
  readonly samenessGroup: string;
  /** `permissions`: it depends on the request. */
  readonly action: string;
  /** Some permission allows something. */
  readonly mayAllow: boolean;
}

export type IntentionFacts = Entry & {
  readonly destination: string;
  /** Consul namespace of the destination. */
  readonly destinationNamespace: string;
  readonly sources: readonly IntentionSource[];
  /** A template hides some of it: it may allow anything. */
  readonly incomplete: boolean;
};

/** Why a name is known: a kind, or `workload` for an annotation. */
export type NameFacts = { readonly name: string; readonly by: string };

export type PeeringSecretFacts = Entry & { readonly secret: string };

export type FilterFacts = Entry;

export type Upstream = { readonly name: string; readonly port: string };

/** Config entries by `Kind/name`. */
export const entries = defineTable<Entry>('consul/entries');
/** Entries of which a cluster takes one, by kind. */
export const singletons = defineTable<Entry>('consul/singletons');

/** ServiceDefaults by the service. */
export const serviceDefaultsOf = defineTable<ServiceDefaultsFacts>('consul/serviceDefaultsOf');
/** Every ProxyDefaults, under the one key ``. */
export const allProxyDefaults = defineTable<ProxyDefaultsFacts>('consul/allProxyDefaults');
/** Every Mesh, under the one key ``. */
export const allMeshes = defineTable<MeshFacts>('consul/allMeshes');
/** Resolvers by the service. */
export const resolversOf = defineTable<ResolverFacts>('consul/resolversOf');
/** Subsets by `service/subset`. */
export const subsets = defineTable<SubsetFacts>('consul/subsets');
/** Routers by the service. */
export const routersOf = defineTable<RouterFacts>('consul/routersOf');
/** Splitters by the service. */
export const splittersOf = defineTable<SplitterFacts>('consul/splittersOf');

/** Intentions by the destination, `*` for those of every service. */
export const intentionsOf = defineTable<IntentionFacts>('consul/intentionsOf');
/** Intentions by each source that they name. */
export const intentionsFrom = defineTable<IntentionFacts>('consul/intentionsFrom');

/** What makes a name known as that of a service, by the name; Services of Kubernetes are known without. */
export const serviceNames = defineTable<NameFacts>('consul/serviceNames');
/** Whatever shows that services are at hand (Services, injected workloads), under the one key ``. */
export const presence = defineTable<null>('consul/presence');

/** Peers by name. */
export const peers = defineTable<Entry>('consul/peers');
/** Every peer, under the one key ``. */
export const allPeers = defineTable<Entry>('consul/allPeers');
/** Peerings by the secret they use, `Kind/namespace/secret`. */
export const peeringsOfSecret = defineTable<PeeringSecretFacts>('consul/peeringsOfSecret');

/** Sameness groups by name. */
export const samenessGroups = defineTable<Entry>('consul/samenessGroups');
/** Providers of tokens by name. */
export const jwtProviders = defineTable<Entry>('consul/jwtProviders');

/** Every provider of tokens, under the one key ``. */
export const allJwtProviders = defineTable<Entry>('consul/allJwtProviders');

/** Gateway policies by `namespace/group/kind/namespace/name/section` of what they are for. */
export const gatewayPolicies = defineTable<Entry>('consul/gatewayPolicies');
/** Filters of routes by `Kind/namespace/name`, and by `Kind/*\/name`. */
export const filters = defineTable<FilterFacts>('consul/filters');
/** Services of peers, for backends, by `namespace/name`, and by `*\/name`. */
export const meshServices = defineTable<Entry>('consul/meshServices');
/** The same by namespace. */
export const meshServicesIn = defineTable<Entry>('consul/meshServicesIn');
/** Configurations of gateway classes by name. */
export const gatewayClassConfigs = defineTable<Entry>('consul/gatewayClassConfigs');

export const tables = [
  entries,
  singletons,
  serviceDefaultsOf,
  allProxyDefaults,
  allMeshes,
  resolversOf,
  subsets,
  routersOf,
  splittersOf,
  intentionsOf,
  intentionsFrom,
  serviceNames,
  presence,
  peers,
  allPeers,
  peeringsOfSecret,
  samenessGroups,
  jwtProviders,
  allJwtProviders,
  gatewayPolicies,
  filters,
  meshServices,
  meshServicesIn,
  gatewayClassConfigs,
];
