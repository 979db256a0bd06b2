import { defineKind, type Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { toJson } from '../../../yaml/json.js';
import { isOpen } from '../../kubernetes/fields.js';
import { installedMeshConfigs } from '../tables.js';

/** States the mesh config that an installer is given; one that a template fills in is not known. */
function defineMeshConfig(resource: Resource, emit: Emit, path: string): void {
  const node = resource.root.map(path);
  if (node && !isOpen(resource, path)) emit.define(installedMeshConfigs, '', node, toJson(node));
}

/** What `istioctl install` reads. */
export const istioOperator = defineKind({
  group: 'install.istio.io',
  kind: 'IstioOperator',
  versions: ['v1alpha1'],
  shortNames: ['iop'],
  system: 'istio',
  extract: (resource, emit) => defineMeshConfig(resource, emit, 'spec.meshConfig'),
});

/** What the Sail operator reads. */
export const sailIstio = defineKind({
  group: 'sailoperator.io',
  kind: 'Istio',
  versions: ['v1', 'v1alpha1'],
  namespaced: false,
  system: 'istio',
  extract: (resource, emit) => defineMeshConfig(resource, emit, 'spec.values.meshConfig'),
});
