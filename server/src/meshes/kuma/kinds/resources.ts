import type { Emit, Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { isOpen } from '../../kubernetes/fields.js';
import { secretsNamed } from '../../kubernetes/lookups.js';
import { GATEWAY_KINDS, LEGACY_KINDS, meshOf } from '../names.js';
import {
  allMeshes,
  containerPatches,
  destinations,
  destinationsByName,
  destinationsIn,
  meshes,
  meshGateways,
  telemetryBackends,
  zones,
  type DestinationPort,
  type MeshFacts,
} from '../tables.js';
import { defineMember, kumaKind, labelsIn, targetKey } from './shared.js';
import { targetsNamed } from '../lookups.js';

export const mesh = kumaKind(
  'Mesh',
  (resource, emit) => {
    if (resource.name === '') return;
    const facts = meshIn(resource);
    const at = resource.root.get('metadata.name')!;
    emit.define(meshes, resource.name, at, facts);
    emit.define(allMeshes, '', at, facts);
  },
  { namespaced: false, plural: 'meshes', shortNames: ['m'] },
);

function meshIn(resource: Resource): MeshFacts {
  const { root, name } = resource;
  const enabledNode = root.get('spec.mtls.enabledBackend');
  const enabled = enabledNode?.text() || undefined;
  const backend = root.list('spec.mtls.backends.*').find((it) => it.text('name') === enabled);
  return {
    name,
    mtls: enabled === undefined ? undefined : backend?.text('mode')?.toUpperCase() === 'PERMISSIVE' ? 'PERMISSIVE' : 'STRICT',
    mtlsRange: enabled === undefined || enabledNode === undefined ? undefined : { start: enabledNode.start, end: enabledNode.end },
    observed: ['spec.metrics.enabledBackend', 'spec.logging.defaultBackend', 'spec.tracing.defaultBackend'].some((it) => root.has(it)),
    incomplete: isOpen(resource, 'spec'),
  };
}

export const zone = kumaKind(
  'Zone',
  ({ name, root }, emit) => {
    if (name !== '') emit.define(zones, name, root.get('metadata.name')!, null);
  },
  { namespaced: false, plural: 'zones', shortNames: ['z'] },
);

function defineDestination(resource: Resource, emit: Emit): void {
  const { kind, name, namespace, root } = resource;
  defineMember(resource, emit);
  if (name === '') return;
  const at = root.get('metadata.name')!;
  const facts = {
    kind,
    name,
    namespace,
    mesh: meshOf(resource),
    labels: toLabels(resource.labels),
    ports: kind === 'MeshExternalService' ? root.list('spec.match').map(portIn) : root.list('spec.ports.*').map(portIn),
    incomplete: isOpen(resource, 'spec.ports', 'spec.match'),
  };
  emit.define(destinations, `${kind}/${namespaceKey(namespace)}/${name}`, at, facts);
  emit.define(destinationsIn, `${kind}/${namespaceKey(namespace)}`, at, facts);
  emit.define(destinationsByName, `${kind}//${name}`, at, facts);
}

function portIn(node: YamlNode): DestinationPort {
  return { name: node.text('name'), number: node.number('port'), appProtocol: node.text('appProtocol') ?? node.text('protocol') };
}

export const meshService = kumaKind('MeshService', defineDestination, { plural: 'meshservices', shortNames: ['msvc'] });
export const meshMultiZoneService = kumaKind('MeshMultiZoneService', defineDestination, {
  plural: 'meshmultizoneservices',
  shortNames: ['mzsvc'],
});

export const meshExternalService = kumaKind(
  'MeshExternalService',
  (resource, emit) => {
    defineDestination(resource, emit);
    for (const field of ['caCert', 'clientCert', 'clientKey'])
      referSecret(resource, emit, resource.root.get(`spec.tls.verification.${field}.secret`));
  },
  { plural: 'meshexternalservices', shortNames: ['extsvc'] },
);

export const meshIdentity = kumaKind(
  'MeshIdentity',
  (resource, emit) => {
    const { root } = resource;
    defineMember(resource, emit, {
      proxies: root.has('spec.selector.dataplane') ? labelsIn(root.get('spec.selector.dataplane.matchLabels')) : undefined,
    });
    for (const field of ['certificate', 'privateKey'])
      referSecret(resource, emit, root.get(`spec.provider.bundled.ca.${field}.secretRef.name`));
  },
  { plural: 'meshidentities', shortNames: ['mid'] },
);

/** Secrets are those of the own namespace, which is the system one. */
function referSecret(resource: Resource, emit: Emit, node: YamlNode | undefined): void {
  const name = node?.text();
  if (node !== undefined && name !== undefined && name !== '')
    emit.refer(secretsNamed, `${namespaceKey(resource.namespace)}/${name}`, node);
}

export const meshTrust = kumaKind('MeshTrust', (resource, emit) => defineMember(resource, emit), {
  plural: 'meshtrusts',
  shortNames: ['mtrust'],
});
export const meshZoneAddress = kumaKind('MeshZoneAddress', (resource, emit) => defineMember(resource, emit), {
  plural: 'meshzoneaddresses',
  shortNames: ['mza'],
});
export const workload = kumaKind('Workload', (resource, emit) => defineMember(resource, emit), { plural: 'workloads', shortNames: ['wl'] });

export const meshOpenTelemetryBackend = kumaKind(
  'MeshOpenTelemetryBackend',
  (resource, emit) => {
    defineMember(resource, emit);
    const { name, namespace, labels, root } = resource;
    if (name !== '')
      emit.define(telemetryBackends, labels.get('kuma.io/display-name') ?? name, root.get('metadata.name')!, { name, namespace });
  },
  { plural: 'meshopentelemetrybackends', shortNames: ['motb'] },
);

export const hostnameGenerator = kumaKind('HostnameGenerator', () => undefined, { plural: 'hostnamegenerators', shortNames: ['hg'] });

export const containerPatch = kumaKind(
  'ContainerPatch',
  ({ name, namespace, root }, emit) => {
    if (name !== '') emit.define(containerPatches, name, root.get('metadata.name')!, { name, namespace });
  },
  { plural: 'containerpatches' },
);

export const dataplane = kumaKind(
  'Dataplane',
  (resource, emit) => {
    defineMember(resource, emit);
    for (const ref of resource.root.list('spec.networking.outbound.*.backendRef')) {
      const key = targetKey(ref, resource);
      if (key !== undefined) emit.refer(targetsNamed, key, ref.get('name')!);
    }
  },
  { plural: 'dataplanes', shortNames: ['dp'] },
);

/** The first policies, from before targetRef: cluster-scoped, with their mesh in a field. */
export const legacyPolicies: readonly Kind[] = LEGACY_KINDS.map((kind) =>
  kumaKind(kind, (resource, emit) => defineMember(resource, emit), {
    namespaced: false,
    plural: `${kind.toLowerCase().replace(/y$/, 'ie')}s`,
  }),
);

/** Kinds of built-in gateways. */
export const gateways: readonly Kind[] = GATEWAY_KINDS.map((kind) =>
  kumaKind(
    kind,
    (resource, emit) => {
      defineMember(resource, emit);
      const { name, namespace, root } = resource;
      if (kind === 'MeshGateway' && name !== '') emit.define(meshGateways, name, root.get('metadata.name')!, { name, namespace });
    },
    {
      namespaced: kind === 'MeshGatewayInstance',
      plural: `${kind.toLowerCase()}s`,
      ...(kind === 'MeshGateway' && { shortNames: ['mgw'] }),
    },
  ),
);

export const zoneIngress = kumaKind('ZoneIngress', () => undefined, { plural: 'zoneingresses', shortNames: ['zi'] });
export const zoneEgress = kumaKind('ZoneEgress', () => undefined, { plural: 'zoneegresses', shortNames: ['ze'] });
