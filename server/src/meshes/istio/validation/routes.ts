import type { Resource } from '../../../model/resource.js';
import { isOpen } from '../kinds/shared.js';

/** Whether a VirtualService surely applies to sidecars: it names no gateway, or `mesh` among them. */
export function isBoundToMesh(resource: Resource): boolean {
  if (isOpen(resource, 'spec.gateways')) return resource.root.list('spec.gateways.*').some((it) => it.text() === 'mesh');
  const gateways = resource.root.list('spec.gateways.*');
  return gateways.length === 0 || gateways.some((it) => it.text() === 'mesh');
}
