import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { gatewaysNamed, listenersNamed } from '../../gateway-api/lookups.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { AUTH_GROUP } from '../names.js';
import { filters, gatewayClassConfigs, gatewayPolicies, meshServices, meshServicesIn } from '../tables.js';
import { consulKind, defineEntry, defineName, entryOf, nameNode, placesOf, referProviders, referService } from './shared.js';

export const ingressGateway = consulKind('IngressGateway', (resource, emit) => {
  for (const node of resource.root.list('spec.listeners.*.services.*.name')) referService(emit, node);
  if (resource.name === '') return;
  defineEntry(resource, emit);
  defineName(resource, emit, nameNode(resource));
});

export const terminatingGateway = consulKind('TerminatingGateway', (resource, emit) => {
  for (const service of resource.root.list('spec.services.*')) {
    referService(emit, service.get('name'));
    const secret = service.get('secretRef.name') ?? service.get('secretRef');
    if (secret?.text()) emit.refer(secretsNamed, `${namespaceKey(resource.namespace)}/${secret.text()}`, secret);
  }
  if (resource.name === '') return;
  defineEntry(resource, emit);
  defineName(resource, emit, resource.root.get('spec.deployment.gatewayName') ?? nameNode(resource));
});

export const meshService = consulKind('MeshService', (resource, emit) => {
  if (resource.name === '') return;
  for (const place of placesOf(resource)) emit.define(meshServices, `${place}/${resource.name}`, nameNode(resource), entryOf(resource));
  emit.define(meshServicesIn, namespaceKey(resource.namespace), nameNode(resource), entryOf(resource));
});

export const gatewayClassConfig = consulKind(
  'GatewayClassConfig',
  (resource, emit) => {
    if (resource.name !== '') emit.define(gatewayClassConfigs, resource.name, nameNode(resource), entryOf(resource));
  },
  { namespaced: false },
);

export const gatewayPolicy = consulKind('GatewayPolicy', (resource, emit) => {
  const { root } = resource;
  referProviders(emit, resource, 'spec.override', 'spec.default');
  const name = root.get('spec.targetRef.name');
  const section = root.get('spec.targetRef.sectionName');
  if (name?.text() && root.text('spec.targetRef.kind') === 'Gateway') {
    const holder = `${namespaceKey(root.text('spec.targetRef.namespace') ?? resource.namespace)}/${name.text()}`;
    emit.refer(gatewaysNamed, holder, name);
    if (section?.text()) emit.refer(listenersNamed, `Gateway/${holder}/${section.text()}`, section);
  }
  const key = policyKey(resource);
  if (resource.name !== '' && key !== undefined) emit.define(gatewayPolicies, key, nameNode(resource), entryOf(resource));
});

/** Key of a policy in `gatewayPolicies`; undefined where a template fills in what it is for. */
export function policyKey({ root, namespace }: Resource): string | undefined {
  const target = root.map('spec.targetRef');
  if (target === undefined) return undefined;
  const parts = ['group', 'kind', 'name', 'namespace', 'sectionName'].map((field) => (target.has(field) ? target.text(field) : ''));
  return parts.includes(undefined) ? undefined : [namespaceKey(namespace), ...parts].join('/');
}

function extractFilter(resource: Resource, emit: Emit): void {
  if (resource.name === '') return;
  for (const place of placesOf(resource))
    emit.define(filters, `${resource.kind}/${place}/${resource.name}`, nameNode(resource), entryOf(resource));
}

export const routeRetryFilter = consulKind('RouteRetryFilter', extractFilter);
export const routeTimeoutFilter = consulKind('RouteTimeoutFilter', extractFilter);
export const routeTlsSdsFilter = consulKind('RouteTLSSDSFilter', extractFilter);
export const routeExtProc = consulKind('RouteExtProc', extractFilter);
export const routeAuthFilter = consulKind('RouteAuthFilter', (resource, emit) => {
  extractFilter(resource, emit);
  referProviders(emit, resource, 'spec');
});

/** Left over from the second catalog, which was withdrawn. */
export const trafficPermissions = consulKind('TrafficPermissions', () => undefined, { group: AUTH_GROUP, versions: ['v2beta1'] });
