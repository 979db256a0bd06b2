import { isOpen } from '../../kubernetes/fields.js';
import { allJwtProviders, allMeshes, allProxyDefaults, jwtProviders, samenessGroups, singletons } from '../tables.js';
import type { Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { consulKind, defineEntry, defineName, entryOf, nameNode, referGroups, referPeers, referService } from './shared.js';
import { writtenText } from './traffic.js';

function defineSingleton(resource: Resource, emit: Emit): void {
  if (resource.name !== '') emit.define(singletons, resource.kind, nameNode(resource), entryOf(resource));
}

export const proxyDefaults = consulKind('ProxyDefaults', (resource, emit) => {
  defineSingleton(resource, emit);
  if (resource.name === '') return;
  emit.define(allProxyDefaults, '', nameNode(resource), {
    ...entryOf(resource),
    protocol: resource.root.has('spec.config') ? writtenText(resource.root.get('spec.config.protocol'), resource) : '',
  });
});

export const mesh = consulKind('Mesh', (resource, emit) => {
  defineSingleton(resource, emit);
  if (resource.name === '') return;
  const allows = resource.root.get('spec.allowEnablingPermissiveMutualTLS');
  emit.define(allMeshes, '', nameNode(resource), {
    ...entryOf(resource),
    // What a template fills in may be true.
    allowsPermissive: allows?.boolean() ?? (allows?.type === 'scalar' && allows.opaque ? true : isOpen(resource)),
  });
});

export const controlPlaneRequestLimit = consulKind('ControlPlaneRequestLimit', defineSingleton);
export const rateLimit = consulKind('RateLimit', defineSingleton, { namespaced: false });

export const exportedServices = consulKind('ExportedServices', (resource, emit) => {
  defineEntry(resource, emit);
  for (const node of resource.root.list('spec.services.*.name')) referService(emit, node);
  referPeers(emit, resource, 'spec.services.*.consumers.*.peer');
  referGroups(emit, resource, 'spec.services.*.consumers.*.samenessGroup');
});

export const samenessGroup = consulKind('SamenessGroup', (resource, emit) => {
  referPeers(emit, resource, 'spec.members.*.peer');
  if (resource.name === '') return;
  defineEntry(resource, emit);
  emit.define(samenessGroups, resource.name, nameNode(resource), entryOf(resource));
});

export const jwtProvider = consulKind('JWTProvider', (resource, emit) => {
  if (resource.name === '') return;
  defineEntry(resource, emit);
  emit.define(jwtProviders, resource.name, nameNode(resource), entryOf(resource));
  emit.define(allJwtProviders, '', nameNode(resource), entryOf(resource));
});

export const registration = consulKind(
  'Registration',
  (resource, emit) => defineName(resource, emit, resource.root.get('spec.service.name')),
  { namespaced: false },
);
