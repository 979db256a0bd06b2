import { defineTable } from '../../index/tables.js';
import type { Labels } from '../../model/selectors.js';
import type { Range } from '../../text/range.js';

export type MeshFacts = {
  readonly name: string;
  /** Of `mtls.enabledBackend`: its mode; undefined where mTLS is off. */
  readonly mtls: 'STRICT' | 'PERMISSIVE' | undefined;
  /** Where it turns mTLS on. */
  readonly mtlsRange: Range | undefined;
  /** Whether it sends metrics, logs or traces itself. */
  readonly observed: boolean;
  /** A template hides some of it. */
  readonly incomplete: boolean;
};

/** Whom a policy is for. */
export interface TopRef {
  /** `Mesh` where it says nothing; undefined where a template fills it in. */
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Labels of a Dataplane, or tags of a MeshSubset. */
  readonly labels: Labels;
  readonly sectionName: string | undefined;
  /** A template hides some of it. */
  readonly hidden: boolean;
}

/** Something that a permission says of somebody: `Allow` of what a source or a match names. */
export interface Grant {
  readonly action: 'Allow' | 'Deny' | 'AllowWithShadowDeny';
  /** As people read it: `everybody`, `app=web`, `spiffe://prod/ns/shop`. */
  readonly who: string;
}

/** One item of a `to` list. */
export interface ToItem {
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: Labels;
  readonly sectionName: string | undefined;
}

/** A policy, or another object that belongs to a mesh. */
export type MemberFacts = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Undefined where a template fills it in. */
  readonly mesh: string | undefined;
  readonly top: TopRef;
  readonly hasFrom: boolean;
  readonly hasRules: boolean;
  readonly to: readonly ToItem[];
  /** What a MeshTrafficPermission says. */
  readonly grants: readonly Grant[];
  /** Modes that a MeshTLS sets. */
  readonly modes: readonly string[];
  /** Labels of the proxies that a MeshIdentity is for; undefined: none. */
  readonly proxies: Labels | undefined;
  /** Of label `kuma.io/origin`. */
  readonly origin: string | undefined;
  /** Computed, but not applied. */
  readonly shadow: boolean;
};

export interface DestinationPort {
  readonly name: string | undefined;
  readonly number: number | undefined;
  readonly appProtocol: string | undefined;
}

/** A MeshService, MeshExternalService, MeshMultiZoneService or MeshHTTPRoute: what refs name. */
export type DestinationFacts = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly mesh: string | undefined;
  readonly labels: Labels;
  readonly ports: readonly DestinationPort[];
  readonly incomplete: boolean;
};

export type NamedFacts = { readonly name: string; readonly namespace: string | undefined };

/** Meshes by name. */
export const meshes = defineTable<MeshFacts>('kuma/meshes');
/** Every Mesh, under the one key ``: a control plane has few. */
export const allMeshes = defineTable<MeshFacts>('kuma/allMeshes');

/** Zones by name. */
export const zones = defineTable<null>('kuma/zones');

/** Policies and other objects of a mesh by `mesh/Kind`; the mesh is `?` where a template fills it in. */
export const membersOfMesh = defineTable<MemberFacts>('kuma/membersOfMesh');

/** What refs name by `Kind/namespace/name`. */
export const destinations = defineTable<DestinationFacts>('kuma/destinations');
/** The same by `Kind/namespace`. */
export const destinationsIn = defineTable<DestinationFacts>('kuma/destinationsIn');
/** The same by `Kind//name`, whatever the namespace. */
export const destinationsByName = defineTable<DestinationFacts>('kuma/destinationsByName');

/** Container patches by name; they are in the system namespace. */
export const containerPatches = defineTable<NamedFacts>('kuma/containerPatches');
/** OpenTelemetry backends by name. */
export const telemetryBackends = defineTable<NamedFacts>('kuma/telemetryBackends');
/** Gateways by name. */
export const meshGateways = defineTable<NamedFacts>('kuma/meshGateways');

/** Labels and annotations of Namespaces that bring a sidecar or name a mesh, by `namespace/key`; a label before the annotation. */
export const namespaceMarks = defineTable<null>('kuma/namespaceMarks');

export const tables = [
  meshes,
  allMeshes,
  zones,
  membersOfMesh,
  destinations,
  destinationsIn,
  destinationsByName,
  containerPatches,
  telemetryBackends,
  meshGateways,
  namespaceMarks,
];
