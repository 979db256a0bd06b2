import { defineKind, type Emit, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { secretsNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { gatewaysNamed, listenerSetsNamed, listenersNamed, portsOfService } from '../lookups.js';
import { certificateRefsOf, GROUP, isService, listenerHolder, type ObjectRef, type ParentRef } from '../references.js';

/** A kind of the Gateway API. */
export function gatewayApiKind(
  kind: string,
  versions: readonly string[],
  extract: (resource: Resource, emit: Emit) => void,
  more: Partial<Kind> = {},
): Kind {
  return defineKind({ group: GROUP, kind, versions, system: 'gateway-api', extract, ...more });
}

export function keyOf(ref: { readonly namespace: string | undefined; readonly name: string }): string {
  return `${namespaceKey(ref.namespace)}/${ref.name}`;
}

/** States what a parentRef or targetRef names, and which part of it. */
export function referParent(ref: ParentRef, emit: Emit): void {
  const section = ref.node.get('sectionName');
  const port = ref.node.get('port');
  const holder = listenerHolder(ref);
  if (holder) {
    emit.refer(holder === 'Gateway' ? gatewaysNamed : listenerSetsNamed, keyOf(ref), ref.nameNode);
    if (section && ref.sectionName !== undefined) emit.refer(listenersNamed, `${holder}/${keyOf(ref)}/${ref.sectionName}`, section);
  } else if (isService(ref)) {
    emit.refer(servicesNamed, keyOf(ref), ref.nameNode);
    if (port && ref.port !== undefined) emit.refer(portsOfService, `${keyOf(ref)}:${ref.port}`, port);
  }
}

/** States what a backendRef names. */
export function referBackend(ref: ObjectRef, emit: Emit): void {
  if (!isService(ref)) return;
  emit.refer(servicesNamed, keyOf(ref), ref.nameNode);
  const port = ref.node.get('port');
  const number = port?.number();
  if (port && number !== undefined) emit.refer(portsOfService, `${keyOf(ref)}:${number}`, port);
}

export function referCertificates(resource: Resource, emit: Emit): void {
  for (const ref of certificateRefsOf(resource))
    if (ref.kind === 'Secret' && ref.group === '') emit.refer(secretsNamed, keyOf(ref), ref.nameNode);
}
