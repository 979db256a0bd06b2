import type { Kind } from '../model/kind.js';
import type { Resource, ResourceId, ScopeId } from '../model/resource.js';
import { readHeader } from '../yaml/header.js';
import type { YamlDocument } from '../yaml/document.js';
import { YamlMap, YamlScalar, type YamlNode } from '../yaml/node.js';

/** Finds the kind of a group and kind name; undefined for what nobody reads. */
export type KindOf = (group: string, kind: string) => Kind | undefined;

/** Why a document is not read: it is no manifest, or of a kind that nobody reads. */
export type Foreign = 'no-manifest' | 'unknown-kind';

/** Group under which kinds are found that a document outside of Kubernetes names in its field `type`. */
export const TYPED = 'type';

/** Whether a document concerns us, by its header alone, so that foreign ones never reach a parser. */
export function foreignness(text: string, kindOf: KindOf): Foreign | undefined {
  const header = readHeader(text);
  if (header.kind === undefined || header.apiVersion === undefined) {
    const isTyped = header.kind === undefined && header.apiVersion === undefined && header.type !== undefined && !header.opaque;
    return isTyped && kindOf(TYPED, header.type)?.typed !== undefined ? undefined : 'no-manifest';
  }
  if (isList(header.apiVersion, header.kind)) return undefined;
  const group = groupOf(header.apiVersion);
  const itemKind = itemKindOf(header.kind);
  const kind = kindOf(group, header.kind) ?? (itemKind === undefined ? undefined : kindOf(group, itemKind));
  return kind === undefined || kind.concerns?.(text) === false ? 'unknown-kind' : undefined;
}

/** The document with the tree that Kubernetes has, where it is written as its kind is outside of it. */
export function asOnKubernetes(document: YamlDocument, kindOf: KindOf): YamlDocument {
  const { root } = document;
  if (root?.type !== 'map' || root.entry('apiVersion') !== undefined || root.entry('kind') !== undefined) return document;
  const type = root.text('type');
  const made = type === undefined ? undefined : kindOf(TYPED, type)?.typed?.tree(root);
  return made === undefined ? document : { ...document, root: made };
}

/** The map of each resource in a document: the root itself, or the items of a `List` or of a `VirtualServiceList`. */
export function resourceMaps(document: YamlDocument): readonly { readonly root: YamlMap; readonly item: number | undefined }[] {
  const root = document.root;
  if (root?.type !== 'map') return [];
  if (!isList(root.text('apiVersion') ?? '', root.text('kind') ?? '') && itemKindIn(root) === undefined) return [{ root, item: undefined }];
  return itemsOf(document).flatMap((node, item) => (node.type === 'map' ? [{ root: node, item }] : []));
}

export interface ResourceIdentity {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Who a resource is; undefined for a map without apiVersion and kind. */
export function identityOf(root: YamlNode, kindOf: KindOf): (ResourceIdentity & { readonly known: Kind | undefined }) | undefined {
  const apiVersion = root.text('apiVersion');
  const kind = root.text('kind');
  if (apiVersion === undefined || kind === undefined) return undefined;
  const group = groupOf(apiVersion);
  const known = kindOf(group, kind);
  const namespace = known?.namespaced === false ? undefined : root.text('metadata.namespace') || undefined;
  return {
    apiVersion,
    group,
    version: apiVersion.slice(apiVersion.indexOf('/') + 1),
    kind,
    namespace,
    name: root.name('metadata.name') ?? '',
    known,
  };
}

/** Who a document without a header is, where a setting says of which kind it is. */
export function headlessIdentity(known: Kind): ResourceIdentity & { readonly known: Kind } {
  const { group, kind, versions, headless } = known;
  const version = versions[0] ?? 'v1';
  const { namespace, name } = headless ?? { namespace: undefined, name: '' };
  return { apiVersion: group === '' ? version : `${group}/${version}`, group, version, kind, namespace, name, known };
}

/** The file in which a resource stands, by its id. */
export function uriOfResource(id: ResourceId): string {
  const end = id.indexOf('#');
  return id.slice(id.lastIndexOf('|', end) + 1, end);
}

export function resourceIdOf(scope: ScopeId, uri: string, identity: ResourceIdentity, ordinal: number): ResourceId {
  const base = `${scope}|${uri}#${identity.group}/${identity.kind}/${identity.namespace ?? ''}/${identity.name}`;
  return ordinal === 1 ? base : `${base}~${ordinal}`;
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function isList(apiVersion: string, kind: string): boolean {
  return kind === 'List' || (kind.endsWith('List') && kind.length > 4 && apiVersion.includes('/') === false && apiVersion === 'v1');
}

/** `VirtualService` of `VirtualServiceList`: a list may say once what all of its items are. */
export function itemKindOf(kind: string): string | undefined {
  return kind.length > 4 && kind.endsWith('List') ? kind.slice(0, -4) : undefined;
}

/** The same of what is a list, and no kind that happens to be called so. */
function itemKindIn(root: YamlMap): string | undefined {
  return root.get('items')?.type === 'list' && root.entry('spec') === undefined ? itemKindOf(root.text('kind') ?? '') : undefined;
}

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

/** One map for all that are equal and come one after another, as labels of a service's manifests do. */
function shared(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (texts.size === 0) return NO_TEXTS;
  if (!isSame(texts, latest)) latest = texts;
  return latest;
}

let latest = NO_TEXTS;

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a) {
    const [otherKey, otherValue] = others.next().value!;
    if (key !== otherKey || value !== otherValue) return false;
  }
  return true;
}

/** What a resource keeps of its metadata, whether its tree is at hand or not. */
export interface ResourceMarks {
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
}

export function marksIn(root: YamlMap): ResourceMarks {
  return {
    labels: root.map('metadata.labels')?.texts() ?? NO_TEXTS,
    annotations: root.map('metadata.annotations')?.texts() ?? NO_TEXTS,
  };
}

/** A resource whose tree comes from its document, which may parse it again when it was let go. */
export class DocumentResource implements Resource {
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;

  constructor(
    readonly id: ResourceId,
    readonly uri: string,
    readonly scope: ScopeId,
    identity: ResourceIdentity,
    readonly partial: boolean,
    { labels, annotations }: ResourceMarks,
    /** Position in a `List`; undefined for a document that is the resource itself. */
    readonly item: number | undefined,
    private readonly document: { parse(): YamlDocument },
  ) {
    this.apiVersion = identity.apiVersion;
    this.group = identity.group;
    this.version = identity.version;
    this.kind = identity.kind;
    this.namespace = identity.namespace;
    this.name = identity.name;
    this.labels = shared(labels);
    this.annotations = shared(annotations);
  }

  get root(): YamlMap {
    const document = this.document.parse();
    const root = this.item === undefined ? document.root : itemsOf(document)[this.item];
    return root?.type === 'map' ? root : EMPTY_MAP;
  }

  /** The same resource with the tree that kustomizations make of its own; `now` is what they make of the one at hand. */
  madeBy(make: (root: YamlMap) => YamlMap, now: YamlMap): Resource {
    return new MadeResource(this, make, now);
  }
}

/** A resource as kustomizations make it from the one that a document states. */
class MadeResource implements Resource {
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly id: ResourceId;
  readonly uri: string;
  readonly scope: ScopeId;
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly partial: boolean;
  /** By what it is made from, for as long as that is at hand. */
  readonly #made = new WeakMap<YamlMap, YamlMap>();

  constructor(
    private readonly stated: DocumentResource,
    private readonly make: (root: YamlMap) => YamlMap,
    now: YamlMap,
  ) {
    ({
      id: this.id,
      uri: this.uri,
      scope: this.scope,
      apiVersion: this.apiVersion,
      group: this.group,
      version: this.version,
      kind: this.kind,
      namespace: this.namespace,
      name: this.name,
      partial: this.partial,
    } = stated);
    ({ labels: this.labels, annotations: this.annotations } = marksIn(now));
    this.#made.set(stated.root, now);
  }

  get root(): YamlMap {
    const from = this.stated.root;
    let made = this.#made.get(from);
    if (made === undefined) this.#made.set(from, (made = this.make(from)));
    return made;
  }
}

/** Items of a `List`, made once a tree. */
function itemsOf(document: YamlDocument): readonly YamlNode[] {
  let items = itemsOfList.get(document);
  if (items === undefined) {
    const { root } = document;
    const kind = root?.type === 'map' ? itemKindIn(root) : undefined;
    items = root?.list('items.*') ?? [];
    if (root?.type === 'map' && kind !== undefined) items = items.map((it) => (it.type === 'map' ? withHeader(it, root, kind) : it));
    itemsOfList.set(document, items);
  }
  return items;
}

/** An item with the version and kind that its list has, where it states none, as kubectl reads it. */
function withHeader(item: YamlMap, list: YamlMap, itemKind: string): YamlMap {
  const version = list.entry('apiVersion');
  const kind = list.entry('kind');
  if (item.has('kind') || version === undefined || kind === undefined) return item;
  const { start, end } = kind.value;
  const { key, keyRange, keyOpaque } = kind;
  const header = [version, { key, keyRange, keyOpaque, value: new YamlScalar(start, end, itemKind, 'plain', false) }];
  const own = item.entries.filter((it) => it.key !== 'apiVersion' && it.key !== 'kind');
  // What is added to the item goes by its first entry or its last one, which have to be its own.
  const first = own.slice(0, own.length > 1 ? 1 : 0);
  return new YamlMap(item.start, item.end, [...first, ...header, ...own.slice(first.length)], item.flow, item.partial);
}

const itemsOfList = new WeakMap<YamlDocument, readonly YamlNode[]>();

const EMPTY_MAP = new YamlMap(0, 0, [], false);
