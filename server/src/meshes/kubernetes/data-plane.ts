import type { Labels } from '../../model/selectors.js';

/** Proxies that pods may get, as the other systems have to know of them: each system states its own. */
export interface DataPlane {
  /** `istio-ambient`. */
  readonly id: string;
  /** Id of the module that it is of. */
  readonly system: string;
  readonly title: string;
  /** The label or annotation that puts pods in; undefined where none does. */
  readonly markOf: (pods: Marked, place: Marked | undefined) => Mark | undefined;
  /** Ports that it needs open at its pods. */
  readonly ports: readonly MeshPorts[];
  /** Ports on which parts of its control plane answer the API server, by the labels of their pods. */
  readonly webhooks: (labels: Labels) => { readonly part: string; readonly ports: readonly number[] } | undefined;
  /** Annotations that set up its proxies; what puts pods in or takes them out says something in any mesh. */
  readonly setup?: RegExp;
  /** Whether a rule of its own judges NetworkPolicies. */
  readonly judgesNetworkPolicies: boolean;
}

/** What pods, or their Namespace, carry. */
export interface Marked {
  readonly labels: Labels;
  readonly annotations: Labels;
}

export interface Mark {
  readonly by: 'pod' | 'namespace';
  /** `kuma.io/sidecar-injection: enabled`. */
  readonly text: string;
}

/** Ports that a mesh needs open at its pods, and what fails where none of them is. All are of TCP. */
export interface MeshPorts {
  readonly direction: 'ingress' | 'egress';
  /** One of them is enough. */
  readonly ports: readonly number[];
  /** What they are: `its control plane`. */
  readonly what: string;
  readonly effect: string;
  /** Whether traffic fails without; else only what is read of the pods. */
  readonly isVital: boolean;
  /** Where the other end is, for egress. */
  readonly namespace?: string;
}

/** The value that decides, the pods' own before the Namespace's. */
export function markBy(name: string, own: Labels, above: Labels | undefined, yes: readonly string[]): Mark | undefined {
  const by = own[name] === undefined ? 'namespace' : 'pod';
  const value = own[name] ?? above?.[name];
  return value !== undefined && yes.includes(value) ? { by, text: `${name}: ${value}` } : undefined;
}
