import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { KindExtension } from '../../../rules/module.js';
import { portsOfService } from '../../gateway-api/lookups.js';
import { GROUP as GATEWAY_GROUP } from '../../gateway-api/references.js';
import { isOpen } from '../../kubernetes/fields.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { isLinkerdAnnotation } from '../annotations.js';
import { egressNetworksNamed, serversNamed } from '../lookups.js';
import { backendsOf, parentsOf, type LinkerdRef } from '../references.js';
import { POLICY_GROUP, routes, routesByName, routesIn, routesOn, type RouteFacts, type RouteMatch } from '../tables.js';
import { keyOf, linkerdKind, nameRange } from './shared.js';

export const httpRoute = linkerdKind('HTTPRoute', ['v1beta3', 'v1beta2', 'v1beta1', 'v1alpha1'], extractRoute);

/** Routes of the Gateway API, as far as they are Linkerd's. */
export const gatewayRoutes: KindExtension = {
  kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'].map((it) => `${GATEWAY_GROUP}/${it}`),
  extract(resource, emit) {
    if ([...resource.annotations.keys()].some(isLinkerdAnnotation)) emit.define(meshSigns, 'linkerd', nameRange(resource), null);
    extractRoute(resource, emit);
  },
};

function extractRoute(resource: Resource, emit: Emit): void {
  const parents = parentsOf(resource).filter((it) => it.sort !== undefined);
  for (const ref of parents) {
    if (ref.sort === 'Server') emit.refer(serversNamed, keyOf({ ...ref, namespace: resource.namespace }), ref.nameNode);
    else if (ref.sort === 'EgressNetwork') emit.refer(egressNetworksNamed, keyOf(ref), ref.nameNode);
    else if (isUnknownToGatewayApi(resource, ref)) referService(ref, emit);
  }
  for (const ref of backendsOf(resource)) {
    if (ref.sort === 'EgressNetwork') emit.refer(egressNetworksNamed, keyOf(ref), ref.nameNode);
    else if (ref.sort === 'Service' && isUnknownToGatewayApi(resource, ref)) referService(ref, emit);
  }
  const { group, kind, name, namespace } = resource;
  // Routes that only Gateways take are of no interest here.
  if (name === '' || (parents.length === 0 && group !== POLICY_GROUP)) return;
  const at = nameRange(resource);
  const facts: RouteFacts = {
    group,
    kind,
    name,
    namespace,
    port: undefined,
    matches: matchesIn(resource),
    annotations: toLabels(new Map([...resource.annotations].filter(([key]) => isLinkerdAnnotation(key)))),
    incomplete: isOpen(resource, 'spec'),
  };
  emit.define(routes, `${group}/${kind}/${namespaceKey(namespace)}/${name}`, at, facts);
  emit.define(routesByName, `${group}/${kind}/${name}`, at, { name, namespace });
  emit.define(routesIn, `${group}/${kind}/${namespaceKey(namespace)}`, at, { name, namespace });
  for (const ref of parents) {
    const place = ref.sort === 'Server' ? namespace : ref.namespace;
    emit.define(routesOn, `${ref.sort}/${namespaceKey(place)}/${ref.name}`, ref.nameNode, { ...facts, port: ref.port });
  }
}

/** The Gateway API's own kinds state Services that are written in their way. */
function isUnknownToGatewayApi(resource: Resource, ref: LinkerdRef): boolean {
  const written = ref.node.text('group');
  return resource.group === POLICY_GROUP || (written !== undefined && written !== '') || (ref.node.text('kind') ?? 'Service') !== 'Service';
}

function referService(ref: LinkerdRef, emit: Emit): void {
  emit.refer(servicesNamed, keyOf(ref), ref.nameNode);
  const port = ref.node.get('port');
  if (port?.number() !== undefined) emit.refer(portsOfService, `${keyOf(ref)}:${port.number()}`, port);
}

function matchesIn({ root, kind }: Resource): readonly RouteMatch[] {
  if (kind !== 'HTTPRoute') return [];
  const rules = root.list('spec.rules.*');
  // A rule without matches takes every request.
  if (rules.length === 0 || rules.some((it) => it.list('matches.*').length === 0)) return [];
  return rules.flatMap((rule) =>
    rule.list('matches.*').map((match) => ({
      type: match.text('path.type') ?? 'PathPrefix',
      path: match.text('path.value') ?? '/',
      method: match.text('method'),
      special: match.has('headers') || match.has('queryParams'),
    })),
  );
}
