import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { textsAt } from '../../kubernetes/fields.js';
import { backendRefsOf, isService, listenerHolder, parentRefsOf } from '../references.js';
import { routesByParent, routesIn, type RouteFacts } from '../tables.js';
import { gatewayApiKind, keyOf, referBackend, referParent } from './shared.js';

function extractRoute(resource: Resource, emit: Emit): void {
  const parents = parentRefsOf(resource);
  for (const ref of parents) referParent(ref, emit);
  for (const ref of backendRefsOf(resource)) referBackend(ref, emit);
  if (resource.name === '') return;
  const at = resource.root.get('metadata.name')!;
  const { kind, name, namespace } = resource;
  const facts: RouteFacts = { kind, name, namespace, hostnames: textsAt(resource.root, 'spec.hostnames') };
  emit.define(routesIn, namespaceKey(namespace), at, facts);
  const keys = parents.flatMap((ref) => {
    const holder = listenerHolder(ref) ?? (isService(ref) ? 'Service' : undefined);
    return holder === undefined ? [] : [`${holder}/${keyOf(ref)}`];
  });
  for (const key of new Set(keys)) emit.define(routesByParent, key, at, facts);
}

export const httpRoute = gatewayApiKind('HTTPRoute', ['v1', 'v1beta1', 'v1alpha2'], extractRoute);
export const grpcRoute = gatewayApiKind('GRPCRoute', ['v1', 'v1beta1', 'v1alpha2'], extractRoute);
export const tlsRoute = gatewayApiKind('TLSRoute', ['v1', 'v1alpha3', 'v1alpha2'], extractRoute);
export const tcpRoute = gatewayApiKind('TCPRoute', ['v1', 'v1alpha2'], extractRoute);
export const udpRoute = gatewayApiKind('UDPRoute', ['v1', 'v1alpha2'], extractRoute);
