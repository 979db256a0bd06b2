import { defineKind, type Emit, type Kind } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { toLabels, type Labels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { meshNamed, targetsNamed, telemetryBackendNamed, zoneNamed } from '../lookups.js';
import { meshNode, meshOf, ZONE_LABEL } from '../names.js';
import { universalForm } from './universal.js';
import { membersOfMesh, type MemberFacts, type ToItem, type TopRef } from '../tables.js';

export const GROUP = 'kuma.io';

/** A kind of Kuma's. */
export function kumaKind(kind: string, extract: (resource: Resource, emit: Emit) => void, more: Partial<Kind> = {}): Kind {
  return defineKind({
    group: GROUP,
    kind,
    versions: ['v1alpha1'],
    system: 'kuma',
    typed: universalForm(kind, `${GROUP}/v1alpha1`),
    extract(resource, emit) {
      emit.define(meshSigns, 'kuma', resource.root.get('metadata.name') ?? resource.root, null);
      extract(resource, emit);
    },
    ...more,
  });
}

export function labelsIn(node: YamlNode | undefined): Labels {
  return node?.type === 'map' ? toLabels(node.texts()) : {};
}

/** States which mesh an object belongs to, and that it does. */
export function defineMember(resource: Resource, emit: Emit, more: Partial<MemberFacts> = {}): void {
  const node = meshNode(resource);
  const written = node?.text();
  if (node !== undefined && written !== undefined && written !== '') emit.refer(meshNamed, written, node);
  const zone = resource.root.map('metadata.labels')?.entry(ZONE_LABEL)?.value;
  if (zone?.text()) emit.refer(zoneNamed, zone.text()!, zone);
  if (resource.name === '') return;
  const mesh = meshOf(resource);
  const { kind, name, namespace, labels } = resource;
  emit.define(membersOfMesh, `${mesh ?? '?'}/${kind}`, resource.root.get('metadata.name')!, {
    kind,
    name,
    namespace,
    mesh,
    top: WHOLE_MESH,
    hasFrom: false,
    hasRules: false,
    to: [],
    grants: [],
    modes: [],
    proxies: undefined,
    origin: labels.get('kuma.io/origin'),
    shadow: labels.get('kuma.io/effect') === 'shadow',
    ...more,
  });
}

const WHOLE_MESH: TopRef = { kind: 'Mesh', name: undefined, namespace: undefined, labels: {}, sectionName: undefined, hidden: false };

export function topRefIn(resource: Resource): TopRef {
  const node = resource.root.get('spec.targetRef');
  if (node === undefined || !resource.root.has('spec.targetRef')) return { ...WHOLE_MESH, hidden: resource.partial };
  return {
    kind: node.text('kind'),
    name: node.text('name'),
    namespace: node.text('namespace'),
    labels: { ...labelsIn(node.get('labels')), ...labelsIn(node.get('tags')) },
    sectionName: sectionIn(node),
    hidden: resource.partial || hasOpaque(node),
  };
}

export function toItemIn(item: YamlNode): ToItem {
  return {
    kind: item.text('targetRef.kind'),
    name: item.text('targetRef.name'),
    namespace: item.text('targetRef.namespace'),
    labels: labelsIn(item.get('targetRef.labels')),
    sectionName: sectionIn(item.get('targetRef')),
  };
}

export function sectionIn(node: YamlNode | undefined): string | undefined {
  const number = node?.number('sectionName');
  return number === undefined ? node?.text('sectionName') : String(number);
}

const NAMED_KINDS = ['MeshService', 'MeshExternalService', 'MeshMultiZoneService', 'MeshHTTPRoute'];

/** Key of what a ref by name means; undefined for one by labels, or of which a template hides a part. */
export function targetKey(node: YamlNode, resource: Resource): string | undefined {
  const kind = node.text('kind');
  const name = node.text('name');
  if (kind === undefined || name === undefined || name === '' || !NAMED_KINDS.includes(kind)) return undefined;
  if (node.has('namespace') && node.text('namespace') === undefined) return undefined;
  return `${kind}/${namespaceKey(node.text('namespace') || resource.namespace)}/${name}`;
}

/** States what a targetRef or backendRef names. */
export function referTarget(resource: Resource, node: YamlNode, emit: Emit): void {
  const key = targetKey(node, resource);
  if (key !== undefined) emit.refer(targetsNamed, key, node.get('name')!);
}

/** States which MeshOpenTelemetryBackend a `backendRef` of a telemetry policy names by its display name. */
export function referTelemetry({ root }: Resource, emit: Emit, paths: readonly string[]): void {
  for (const ref of paths.flatMap((path) => root.list(path))) {
    const label = ref.map('labels')?.entry('kuma.io/display-name')?.value;
    const name = label?.text();
    if (label !== undefined && name !== undefined) emit.refer(telemetryBackendNamed, name, label);
  }
}
