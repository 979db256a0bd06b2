import { defineTable } from '../../index/tables.js';
import type { Labels } from '../../model/selectors.js';
import type { Range } from '../../text/range.js';
import type { LabelSelector } from '../kubernetes/tables.js';

export interface ListenerFacts {
  readonly name: string;
  readonly port: number | undefined;
  /** As written; undefined where a template fills it in. */
  readonly protocol: string | undefined;
  /** Undefined: every hostname. */
  readonly hostname: string | undefined;
  /** `Same`, `All`, `Selector` or `None`; undefined where a template fills it in. */
  readonly from: string | undefined;
  readonly namespaceSelector: LabelSelector;
  /** Kinds of routes as `group/Kind`; empty: those of its protocol. */
  readonly kinds: readonly string[];
  /** Where it says whom it admits; the listener where it says nothing. */
  readonly admissionRange: Range;
  readonly range: Range;
  /** A template fills in some of it. */
  readonly hidden: boolean;
}

/** A Gateway, or a ListenerSet: something with listeners that routes attach to. */
export type GatewayFacts = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Undefined for ListenerSets, and where a template fills it in. */
  readonly className: string | undefined;
  readonly labels: Labels;
  readonly listeners: readonly ListenerFacts[];
  /** Whose ListenerSets it takes: `None` where nothing is said; undefined where a template fills it in. */
  readonly setsFrom: string | undefined;
  readonly setsSelector: LabelSelector;
  /** Addresses it asks for. */
  readonly addresses: readonly string[];
  /** A template hides some of its listeners. */
  readonly incomplete: boolean;
};

/** One listener, for whoever looks for its rivals. */
export type ListenerOfGateway = ListenerFacts & {
  readonly gateway: string;
  readonly namespace: string | undefined;
  readonly className: string | undefined;
  readonly addresses: readonly string[];
};

export type GatewayClassFacts = { readonly name: string; readonly controller: string | undefined };

export type ReferenceGrantFacts = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  /** Without a name: everything of that kind. */
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | undefined }[];
  /** A template hides some of it: it may permit anything. */
  readonly incomplete: boolean;
};

export type RouteFacts = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly hostnames: readonly string[];
};

/** Gateways by `namespace/name`. */
export const gateways = defineTable<GatewayFacts>('gateway-api/gateways');
/** Gateways by name alone. */
export const gatewaysByName = defineTable<GatewayFacts>('gateway-api/gatewaysByName');
/** Gateways by namespace. */
export const gatewaysIn = defineTable<GatewayFacts>('gateway-api/gatewaysIn');
/** Gateways by each address that they ask for. */
export const gatewaysAtAddress = defineTable<GatewayFacts>('gateway-api/gatewaysAtAddress');

/** Listener sets by `namespace/name`. */
export const listenerSets = defineTable<GatewayFacts>('gateway-api/listenerSets');
/** Listener sets by name alone. */
export const listenerSetsByName = defineTable<GatewayFacts>('gateway-api/listenerSetsByName');
/** Listener sets by namespace. */
export const listenerSetsIn = defineTable<GatewayFacts>('gateway-api/listenerSetsIn');

/** Listeners by `Gateway/namespace/name/listener` (or `ListenerSet/…`). */
export const listeners = defineTable<ListenerFacts>('gateway-api/listeners');
/** Listeners with a hostname by `hostname:port/protocol`. */
export const listenersOnHost = defineTable<ListenerOfGateway>('gateway-api/listenersOnHost');

/** Gateway classes by name. */
export const gatewayClasses = defineTable<GatewayClassFacts>('gateway-api/gatewayClasses');
/** Every gateway class, under the one key ``: a cluster has few. */
export const allGatewayClasses = defineTable<GatewayClassFacts>('gateway-api/allGatewayClasses');

/** Reference grants by the namespace they open. */
export const referenceGrants = defineTable<ReferenceGrantFacts>('gateway-api/referenceGrants');

/** Routes by each parent that they name, `Kind/namespace/name`. */
export const routesByParent = defineTable<RouteFacts>('gateway-api/routesByParent');
/** Routes by namespace. */
export const routesIn = defineTable<RouteFacts>('gateway-api/routesIn');

export const tables = [
  gateways,
  gatewaysByName,
  gatewaysIn,
  gatewaysAtAddress,
  listenerSets,
  listenerSetsByName,
  listenerSetsIn,
  listeners,
  listenersOnHost,
  gatewayClasses,
  allGatewayClasses,
  referenceGrants,
  routesByParent,
  routesIn,
];
