import type { Range } from '../text/range.js';
import type { YamlMap } from '../yaml/node.js';

/** Resources that are applied together; the empty text is "outside every scope". */
export type ScopeId = string;

/** Made from identity, not position: `scope|uri#group/kind/namespace/name`, with `~2` for a repeated identity in one file. */
export type ResourceId = string;

/** A Kubernetes object as a manifest states it, or as kustomizations make it of that. */
export interface Resource {
  readonly id: ResourceId;
  readonly uri: string;
  readonly scope: ScopeId;
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Undefined where the manifest leaves it out (unknown, not `default`), where a template fills it in, and for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  /** Empty where there is none, or a template fills it in. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** A Kustomize patch or another fragment: what it leaves out stands elsewhere. */
  readonly partial: boolean;
  /** The object's own map; an item of a `kind: List` has its item. Parsed again on demand for files that are closed. */
  readonly root: YamlMap;
}

/** Whether a file, or the folder that it is in, is called a patch. */
export function isCalledPatch(uri: string): boolean {
  return /patch[^/]*(?:\/[^/]*)?$/i.test(uri);
}

/** A place in a resource's document. */
export interface Site {
  readonly resource: ResourceId;
  readonly range: Range;
}

/** Stands for a namespace that a manifest leaves out, wherever a key needs one. No namespace can have this name. */
export const UNKNOWN_NAMESPACE = '?';

export function namespaceKey(namespace: string | undefined): string {
  return namespace ?? UNKNOWN_NAMESPACE;
}

/** `shop/cart`, or `cart` where no namespace is known: how messages name a resource. */
export function displayName(resource: { readonly namespace: string | undefined; readonly name: string }): string {
  return resource.namespace === undefined ? resource.name : `${resource.namespace}/${resource.name}`;
}
