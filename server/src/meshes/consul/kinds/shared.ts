import { defineKind, type Emit, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';
import { ANY_NAMESPACE } from '../../kubernetes/lookups.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { jwtProviderNamed, peerNamed, samenessGroupNamed, serviceNamed, subsetNamed } from '../lookups.js';
import { ANY, GROUP } from '../names.js';
import { entries, serviceNames, type Entry } from '../tables.js';
import type { WrittenTarget } from '../targets.js';

/** A kind of Consul's own group. */
export function consulKind(kind: string, extract: (resource: Resource, emit: Emit) => void, more: Partial<Kind> = {}): Kind {
  return defineKind({
    group: GROUP,
    kind,
    versions: ['v1alpha1'],
    system: 'consul',
    extract(resource, emit) {
      emit.define(meshSigns, 'consul', nameNode(resource), null);
      extract(resource, emit);
    },
    ...more,
  });
}

export function entryOf({ kind, name, namespace }: Resource): Entry {
  return { kind, name, namespace };
}

/** Where the name of a resource stands; only for resources that have one. */
export function nameNode({ root }: Resource): YamlNode {
  return root.get('metadata.name') ?? root;
}

/** States that the resource is a config entry by the name of its metadata. */
export function defineEntry(resource: Resource, emit: Emit): void {
  if (resource.name !== '') emit.define(entries, `${resource.kind}/${resource.name}`, nameNode(resource), entryOf(resource));
}

/** States that the resource makes a name known as that of a service. */
export function defineName(resource: Resource, emit: Emit, node: YamlNode | undefined): void {
  const name = node?.text();
  if (node && name !== undefined && name !== '' && name !== ANY) emit.define(serviceNames, name, node, { name, by: resource.kind });
}

/** States that a place names a service; `*` is none. */
export function referService(emit: Emit, node: YamlNode | undefined): void {
  const name = node?.text();
  if (node && name !== undefined && name !== '' && name !== ANY) emit.refer(serviceNamed, name, node);
}

/** States what a target names, unless that is elsewhere. */
export function referTarget(emit: Emit, target: WrittenTarget): void {
  if (target.hidden || target.elsewhere !== '') return;
  referService(emit, target.serviceNode);
  if (target.subsetNode && target.subset !== '') emit.refer(subsetNamed, `${target.service}/${target.subset}`, target.subsetNode);
}

export function referPeers(emit: Emit, resource: Resource, ...paths: readonly string[]): void {
  for (const node of paths.flatMap((path) => resource.root.list(path))) if (node.text()) emit.refer(peerNamed, node.text()!, node);
}

export function referGroups(emit: Emit, resource: Resource, ...paths: readonly string[]): void {
  for (const node of paths.flatMap((path) => resource.root.list(path))) if (node.text()) emit.refer(samenessGroupNamed, node.text()!, node);
}

export function referProviders(emit: Emit, resource: Resource, ...paths: readonly string[]): void {
  for (const node of paths.flatMap((path) => resource.root.list(`${path}.jwt.providers.*.name`)))
    if (node.text()) emit.refer(jwtProviderNamed, node.text()!, node);
}

/** Namespaces under which a thing is found: its own, and the one that stands for any. */
export function placesOf({ namespace }: Resource): readonly string[] {
  return [namespaceKey(namespace), ANY_NAMESPACE];
}
