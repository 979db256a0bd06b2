import { defineTable } from '../../index/tables.js';
import type { Labels } from '../../model/selectors.js';
import type { Named } from '../kubernetes/tables.js';
import type { LabelSelector } from '../kubernetes/tables.js';

export const POLICY_GROUP = 'policy.linkerd.io';

export type ServerFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  /** Labels of the Server itself, by which ServerAuthorizations select it. */
  readonly labels: Labels;
  /** Undefined: it is about ExternalWorkloads, or says nothing. */
  readonly podSelector: LabelSelector | undefined;
  readonly externalSelector: LabelSelector | undefined;
  /** Number or name of a container port; undefined where it is absent or a template fills it in. */
  readonly port: number | string | undefined;
  readonly protocol: string;
  /** What holds for whoever no policy lets in; undefined where a template fills it in. */
  readonly accessPolicy: string | undefined;
  /** A template or a patch hides some of it. */
  readonly incomplete: boolean;
};

/** An authentication, or a service account, that an AuthorizationPolicy asks for. */
export interface AuthenticationRef {
  /** As it is written, group and all: unknown ones let nobody in. */
  readonly kind: 'MeshTLSAuthentication' | 'NetworkAuthentication' | 'ServiceAccount' | 'other';
  readonly name: string;
  readonly namespace: string | undefined;
}

export type AuthorizationPolicyFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  /** All of them have to hold; none: everybody is let in. */
  readonly refs: readonly AuthenticationRef[];
  /** What it is about, in words: `Server "web"`. */
  readonly target: string;
  readonly incomplete: boolean;
};

export type MeshTlsFacts = Named & {
  readonly identities: readonly string[];
  readonly accounts: readonly Named[];
  /** Namespaces all of whose accounts count. */
  readonly namespaces: readonly string[];
  readonly incomplete: boolean;
};

export type NetworkFacts = Named & {
  readonly networks: readonly string[];
};

export type ServerAuthorizationFacts = Named & {
  readonly server: string | undefined;
  /** Undefined: it names a Server. */
  readonly selector: LabelSelector | undefined;
  readonly unauthenticated: boolean;
  readonly unauthenticatedTls: boolean;
  readonly identities: readonly string[];
  readonly accounts: readonly Named[];
  readonly networks: readonly string[];
  readonly incomplete: boolean;
};

/** A request that a route takes, as far as probes ask: GET of a path. */
export interface RouteMatch {
  readonly type: string;
  readonly path: string;
  /** Undefined: every method. */
  readonly method: string | undefined;
  /** It asks for headers or query parameters, which no probe sends. */
  readonly special: boolean;
}

export type RouteFacts = {
  /** `policy.linkerd.io` or `gateway.networking.k8s.io`. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Port that the parent is named with, for the table that has the parent as key. */
  readonly port: number | undefined;
  /** What it matches; empty: everything. */
  readonly matches: readonly RouteMatch[];
  /** Annotations of retries and timeouts. */
  readonly annotations: Labels;
  readonly incomplete: boolean;
};

export type RateLimitFacts = Named & { readonly server: string; readonly limits: string };

export type EgressNetworkFacts = Named & {
  readonly trafficPolicy: string | undefined;
  /** Empty: all addresses outside of the cluster. */
  readonly networks: readonly string[];
};

export type ServiceProfileFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly routes: number;
  readonly overrides: number;
};

export type ExternalWorkloadFacts = Named & {
  readonly labels: Labels;
  readonly identity: string;
  readonly ports: readonly { readonly name: string | undefined; readonly number: number | undefined; readonly protocol: string }[];
};

/** A value of `linkerd.io/inject`. */
export type InjectionMark = { readonly value: string | undefined };

/** Servers by `namespace/name`. */
export const servers = defineTable<ServerFacts>('linkerd/servers');
/** Servers by name alone. */
export const serversByName = defineTable<Named>('linkerd/serversByName');
/** Servers by namespace. */
export const serversIn = defineTable<ServerFacts>('linkerd/serversIn');

/** AuthorizationPolicies by what they are about: `group/Kind/namespace/name` in lower case, `/namespace/name` for a Namespace. */
export const policiesOn = defineTable<AuthorizationPolicyFacts>('linkerd/policiesOn');

/** MeshTLSAuthentications by `namespace/name`. */
export const meshTlsAuthentications = defineTable<MeshTlsFacts>('linkerd/meshTlsAuthentications');
/** MeshTLSAuthentications by name alone. */
export const meshTlsByName = defineTable<Named>('linkerd/meshTlsByName');
/** MeshTLSAuthentications by namespace. */
export const meshTlsIn = defineTable<Named>('linkerd/meshTlsIn');

/** NetworkAuthentications by `namespace/name`. */
export const networkAuthentications = defineTable<NetworkFacts>('linkerd/networkAuthentications');
/** NetworkAuthentications by name alone. */
export const networkAuthenticationsByName = defineTable<Named>('linkerd/networkAuthenticationsByName');
/** NetworkAuthentications by namespace. */
export const networkAuthenticationsIn = defineTable<Named>('linkerd/networkAuthenticationsIn');

/** ServerAuthorizations by namespace. */
export const serverAuthorizationsIn = defineTable<ServerAuthorizationFacts>('linkerd/serverAuthorizationsIn');

/** Routes, those of the Gateway API too, by `group/Kind/namespace/name`. */
export const routes = defineTable<RouteFacts>('linkerd/routes');
/** Routes by `group/Kind/name`, whatever their namespace. */
export const routesByName = defineTable<Named>('linkerd/routesByName');
/** Routes by `group/Kind/namespace`. */
export const routesIn = defineTable<Named>('linkerd/routesIn');
/** Routes by what they are attached to: `Server/namespace/name`, `Service/…` or `EgressNetwork/…`. */
export const routesOn = defineTable<RouteFacts>('linkerd/routesOn');

/** Rate limits by their Server, `namespace/name`. */
export const rateLimitsOn = defineTable<RateLimitFacts>('linkerd/rateLimitsOn');

/** EgressNetworks by `namespace/name`. */
export const egressNetworks = defineTable<EgressNetworkFacts>('linkerd/egressNetworks');
/** EgressNetworks by name alone. */
export const egressNetworksByName = defineTable<Named>('linkerd/egressNetworksByName');
/** EgressNetworks by namespace. */
export const egressNetworksIn = defineTable<Named>('linkerd/egressNetworksIn');

/** ServiceProfiles by the DNS name that they are about. */
export const serviceProfiles = defineTable<ServiceProfileFacts>('linkerd/serviceProfiles');

/** ExternalWorkloads by namespace. */
export const externalWorkloadsIn = defineTable<ExternalWorkloadFacts>('linkerd/externalWorkloadsIn');

/** Values of `linkerd.io/inject` on pod templates, by workload. */
export const podInjectionMarks = defineTable<InjectionMark>('linkerd/podInjectionMarks');
/** Values of `linkerd.io/inject` on Namespaces, by name. */
export const namespaceInjectionMarks = defineTable<InjectionMark>('linkerd/namespaceInjectionMarks');

/** Other annotations of Namespaces that hold for what is in them, by `namespace/annotation`. */
export const namespaceMarks = defineTable<null>('linkerd/namespaceMarks');

/** Kinds of which the workspace holds a resource, each under its name: evidence that the others of it would be here, too. */
export const kindsAtHand = defineTable<null>('linkerd/kindsAtHand');

export const tables = [
  servers,
  serversByName,
  serversIn,
  policiesOn,
  meshTlsAuthentications,
  meshTlsByName,
  meshTlsIn,
  networkAuthentications,
  networkAuthenticationsByName,
  networkAuthenticationsIn,
  serverAuthorizationsIn,
  routes,
  routesByName,
  routesIn,
  routesOn,
  rateLimitsOn,
  egressNetworks,
  egressNetworksByName,
  egressNetworksIn,
  serviceProfiles,
  externalWorkloadsIn,
  podInjectionMarks,
  namespaceInjectionMarks,
  namespaceMarks,
  kindsAtHand,
];
