import type { Json } from '../../yaml/node.js';
import { defineTable } from '../../index/tables.js';
import type { Labels } from '../../model/selectors.js';
import type { Range } from '../../text/range.js';

export interface HostPort {
  readonly number: number | undefined;
  readonly name: string | undefined;
  readonly protocol: string | undefined;
  /** A template fills the protocol in. */
  readonly hidden?: boolean;
}

export type ServiceEntryHost = {
  readonly host: string;
  /** All hosts of its ServiceEntry. */
  readonly hosts: readonly string[];
  readonly entry: string;
  readonly namespace: string | undefined;
  readonly ports: readonly HostPort[];
  readonly exportTo: readonly string[];
  readonly workloadSelector: Labels | undefined;
  readonly endpointLabels: readonly Labels[];
  readonly location: string | undefined;
  readonly resolution: string | undefined;
  readonly incomplete: boolean;
};

export type DestinationRuleFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly host: string;
  readonly subsets: readonly { readonly name: string; readonly labels: Labels }[];
  /** `trafficPolicy.tls.mode` as written. */
  readonly tlsMode: string | undefined;
  readonly portTlsModes: readonly { readonly port: number; readonly mode: string | undefined }[];
  /** For the host, or for one of its ports or subsets. */
  readonly hasOutlierDetection: boolean;
  readonly exportTo: readonly string[];
  readonly workloadSelector: Labels | undefined;
  /** A template hides some of its subsets. */
  readonly incomplete: boolean;
};

export type SubsetFacts = {
  readonly name: string;
  readonly labels: Labels;
  readonly host: string;
  readonly rule: string;
  readonly namespace: string | undefined;
  readonly incomplete: boolean;
};

export interface ServerFacts {
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  readonly bind: string | undefined;
  /** As written, `ns/host` prefixes included. */
  readonly hosts: readonly string[];
  readonly hostsRange: Range | undefined;
  readonly tlsMode: string | undefined;
  readonly hasTls: boolean;
  readonly credentialName: string | undefined;
  readonly serverCertificate: string | undefined;
  /** Path of its file, as written. */
  readonly privateKey: string | undefined;
  readonly httpsRedirect: boolean;
}

export type GatewayFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly selector: Labels;
  readonly servers: readonly ServerFacts[];
  /** A template hides some of its servers, hosts or selector. */
  readonly incomplete: boolean;
};

/** One destination of a virtual service; `host` fully qualified. */
export interface DestinationFacts {
  readonly host: string;
  readonly subset: string | undefined;
  readonly port: number | undefined;
  readonly field: 'http' | 'tcp' | 'tls';
  readonly mirror: boolean;
  /** Which route of its list it belongs to. */
  readonly route: number;
  /** Per cent of the route's requests; undefined where a template tells the weights. */
  readonly share: number | undefined;
  /** How often its route tries again, where it says so. */
  readonly attempts?: number;
  /** What its route takes, as people read it; empty: everything. */
  readonly takes: string;
  /** Where it stands, relative to the document. */
  readonly range: Range;
}

export type VirtualServiceFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly hosts: readonly string[];
  /** `mesh`, or `namespace/name`; a list that is left out means `mesh`. */
  readonly gateways: readonly string[];
  /** Those that its matches name, where they name some. */
  readonly matchedGateways?: readonly string[];
  readonly exportTo: readonly string[];
  readonly destinations: readonly DestinationFacts[];
  /** A template hides some of its hosts, gateways or exports. */
  readonly incomplete: boolean;
};

export type PeerAuthenticationFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Undefined: the whole namespace, or the mesh in the root namespace. */
  readonly selector: Labels | undefined;
  /** UNSET where it is left out; undefined where a template fills it in. */
  readonly mode: string | undefined;
  readonly portModes: readonly { readonly port: string; readonly mode: string | undefined; readonly range: Range }[];
};

/** What a source asks of a caller's identity; all that is given must hold. */
export interface CallerFacts {
  readonly principals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly serviceAccounts?: readonly string[];
}

/** One rule of an AuthorizationPolicy, as people read it. */
export interface GrantFacts {
  /** `shop/checkout`, `namespace shop`, `a token`; empty: everybody. */
  readonly who: readonly string[];
  /** `POST /charge`; empty: everything. */
  readonly what: string;
  /** What is left of it where nobody sees requests, as in ztunnel; undefined: all of it. */
  readonly connection?: Pick<GrantFacts, 'who' | 'what'>;
}

export type AuthorizationPolicyFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly selector: Labels | undefined;
  readonly hasTargetRef: boolean;
  /** Something in its selector is no plain label: a template, say. */
  readonly hidesSelector?: boolean;
  readonly action: string;
  readonly ruleCount: number;
  readonly dryRun: boolean;
  readonly principals: readonly string[];
  /** Whom its rules describe, one entry for each source; an empty one is anybody. */
  readonly callers: readonly CallerFacts[];
  /** Whether it names callers in other ways, too: those that it excludes, and those of its conditions. */
  readonly namesMore: boolean;
  readonly grants: readonly GrantFacts[];
  /** Whether it looks at the token of a request. */
  readonly usesToken: boolean;
  /** Whether it looks at requests at all, which only a waypoint can do in ambient. */
  readonly looksAtRequests: boolean;
  /** Names of Services in its targetRefs. */
  readonly targetServices: readonly string[];
  /** Names of Gateways in its targetRefs. */
  readonly targetGateways: readonly string[];
  /** A template or a patch hides some of it. */
  readonly incomplete: boolean;
};

export type SelectingPolicyFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly selector: Labels | undefined;
  readonly hasTargetRef: boolean;
  /** Hosts that a Sidecar lets its proxies see. */
  readonly egress?: readonly string[];
};

export type WorkloadEntryFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Labels;
  readonly serviceAccount: string | undefined;
};

/** Secrets that tell istiod of other clusters, under the one key ``; each names the clusters that it is about. */
export const remoteClusters = defineTable<{ readonly clusters: readonly string[]; readonly incomplete: boolean }>('istio/remoteClusters');
/** Hosts of service entries, by host, fully qualified; wildcards as written. */
export const serviceEntryHosts = defineTable<ServiceEntryHost>('istio/serviceEntryHosts');
/** Hosts of service entries that are written with capitals, by host, fully qualified, in small letters. */
export const serviceEntryHostsFolded = defineTable<ServiceEntryHost>('istio/serviceEntryHostsFolded');
/** Hosts of service entries by each wildcard that covers them. */
export const serviceEntryHostsUnder = defineTable<ServiceEntryHost>('istio/serviceEntryHostsUnder');
/** Ports of service entries by `host:number`, host fully qualified. */
export const serviceEntryPorts = defineTable<HostPort>('istio/serviceEntryPorts');
/** Service entries by namespace. */
export const serviceEntriesIn = defineTable<ServiceEntryHost>('istio/serviceEntriesIn');
/** Destination rules by host, fully qualified. */
export const destinationRules = defineTable<DestinationRuleFacts>('istio/destinationRules');
/** Destination rules by each wildcard that covers their host. */
export const destinationRulesUnder = defineTable<DestinationRuleFacts>('istio/destinationRulesUnder');
/** Destination rules by the service's name in their host (`checkout` of `checkout.shop.svc.cluster.local`). */
export const destinationRulesByName = defineTable<DestinationRuleFacts>('istio/destinationRulesByName');
/** Destination rules by namespace. */
export const destinationRulesIn = defineTable<DestinationRuleFacts>('istio/destinationRulesIn');
/** Subsets by `host/subset`, host fully qualified. */
export const subsets = defineTable<SubsetFacts>('istio/subsets');
/** Virtual services by each `host/subset` that they route to, host fully qualified. */
export const subsetRoutes = defineTable<VirtualServiceFacts>('istio/subsetRoutes');
/** Gateways by `namespace/name`. */
export const gateways = defineTable<GatewayFacts>('istio/gateways');
/** Gateways by name alone. */
export const gatewaysByName = defineTable<GatewayFacts>('istio/gatewaysByName');
/** Gateways by namespace. */
export const gatewaysIn = defineTable<GatewayFacts>('istio/gatewaysIn');
/** Every gateway, under the one key ``: few enough that a check of one may read all. */
export const allGateways = defineTable<GatewayFacts>('istio/allGateways');
/** Gateways by each port number that they listen on (`0`: none is told). */
export const gatewaysOnPort = defineTable<GatewayFacts>('istio/gatewaysOnPort');
/** Virtual services by `namespace/name`. */
export const virtualServices = defineTable<VirtualServiceFacts>('istio/virtualServices');
/** Virtual services by name alone. */
export const virtualServicesByName = defineTable<VirtualServiceFacts>('istio/virtualServicesByName');
/** Virtual services by namespace. */
export const virtualServicesIn = defineTable<VirtualServiceFacts>('istio/virtualServicesIn');
/** Virtual services by each of their hosts, fully qualified; wildcards as written. */
export const virtualServicesByHost = defineTable<VirtualServiceFacts>('istio/virtualServicesByHost');
/** Virtual services by the namespace of a Service whose host they write as `cart.shop` or `cart.shop.svc`, which Istio does not complete. */
export const virtualServicesOfPartialHosts = defineTable<VirtualServiceFacts>('istio/virtualServicesOfPartialHosts');
/** Virtual services of the mesh by each wildcard that covers a host of theirs; of hosts of Services only `*.shop.svc.cluster.local`. */
export const virtualServicesUnder = defineTable<VirtualServiceFacts>('istio/virtualServicesUnder');
/** Virtual services by each gateway they are bound to: `mesh`, or `namespace/name`. */
export const virtualServicesByGateway = defineTable<VirtualServiceFacts>('istio/virtualServicesByGateway');
/** Virtual services by each host that they send requests to, fully qualified. */
export const virtualServicesByDestination = defineTable<VirtualServiceFacts>('istio/virtualServicesByDestination');
/** Virtual services that retry more often than nearly everybody does, under the one key ``: few. */
export const eagerVirtualServices = defineTable<VirtualServiceFacts>('istio/eagerVirtualServices');
/** Retries of a route that nearly everybody writes at most. */
export const USUAL_ATTEMPTS = 3;
/** Peer authentications by namespace. */
export const peerAuthentications = defineTable<PeerAuthenticationFacts>('istio/peerAuthentications');
/** Authorization policies by namespace. */
export const authorizationPolicies = defineTable<AuthorizationPolicyFacts>('istio/authorizationPolicies');
/** Every authorization policy, under the one key ``; only policies of the root namespace read it. */
export const allAuthorizationPolicies = defineTable<AuthorizationPolicyFacts>('istio/allAuthorizationPolicies');
/** Request authentications by namespace. */
export const requestAuthentications = defineTable<SelectingPolicyFacts>('istio/requestAuthentications');
/** Every request authentication, under the one key ``; only the check of istiod reads it. */
export const allRequestAuthentications = defineTable<SelectingPolicyFacts>('istio/allRequestAuthentications');
/** Sidecars by namespace. */
export const sidecars = defineTable<SelectingPolicyFacts>('istio/sidecars');
/** Telemetries by namespace. */
export const telemetries = defineTable<SelectingPolicyFacts>('istio/telemetries');
/** Mesh configs that installers are given (IstioOperator, Istio of the Sail operator), under the one key ``. */
export const installedMeshConfigs = defineTable<Json>('istio/installedMeshConfigs');
/** Envoy filters by namespace. */
export const envoyFilters = defineTable<SelectingPolicyFacts>('istio/envoyFilters');
/** Workload entries and groups by `namespace/key=value` and `*\/key=value` for each label, and by `namespace/` and `*\/` for all. */
export const workloadEntries = defineTable<WorkloadEntryFacts>('istio/workloadEntries');

/** Workload entries and groups by the service account they run as, `namespace/name`. */
export const workloadEntriesOfAccount = defineTable<WorkloadEntryFacts>('istio/workloadEntriesOfAccount');

/** Workload groups by their namespace and all labels of their machines, `namespace/a=1,b=2`. */
export const workloadGroups = defineTable<WorkloadEntryFacts>('istio/workloadGroups');

export const tables = [
  remoteClusters,
  serviceEntryHosts,
  serviceEntryHostsFolded,
  serviceEntryHostsUnder,
  serviceEntryPorts,
  serviceEntriesIn,
  destinationRules,
  destinationRulesUnder,
  destinationRulesByName,
  destinationRulesIn,
  subsets,
  subsetRoutes,
  gateways,
  gatewaysByName,
  gatewaysIn,
  allGateways,
  gatewaysOnPort,
  virtualServices,
  virtualServicesByName,
  virtualServicesIn,
  virtualServicesByHost,
  virtualServicesOfPartialHosts,
  virtualServicesUnder,
  virtualServicesByGateway,
  virtualServicesByDestination,
  eagerVirtualServices,
  peerAuthentications,
  authorizationPolicies,
  allAuthorizationPolicies,
  requestAuthentications,
  allRequestAuthentications,
  workloadGroups,
  sidecars,
  telemetries,
  installedMeshConfigs,
  envoyFilters,
  workloadEntries,
  workloadEntriesOfAccount,
];
