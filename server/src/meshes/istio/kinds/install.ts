import { defineKind, type Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { toJson } from '../../../yaml/json.js';
import { isOpen } from '../../kubernetes/fields.js';
import { installedMeshConfigs, remoteClusters } from '../tables.js';
import type { KindExtension } from '../../../rules/module.js';

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

/** The networks of a mesh of several clusters: a file for istiod, which is given to us by a setting. */
export const meshNetworks = defineKind({
  group: 'istio.mesh.v1alpha1',
  kind: 'MeshNetworks',
  versions: ['v1'],
  system: 'istio',
  headless: { setting: ['istio', 'meshNetworksUri'], namespace: 'istio-system', name: 'meshnetworks' },
});

/** Secrets that tell istiod of other clusters: names of keys only. `stringData` is not looked at, as istiod does not see it. */
export const remoteSecrets: KindExtension = {
  kinds: ['/Secret', 'bitnami.com/SealedSecret'],
  extract({ kind, root, labels }, emit) {
    const [label, path] =
      kind === 'Secret'
        ? [labels.get('istio/multiCluster'), 'data']
        : [root.map('spec.template.metadata.labels')?.entry('istio/multiCluster')?.value.text(), 'spec.encryptedData'];
    if (label !== 'true') return;
    const map = root.map(path);
    const clusters = (map?.entries ?? []).flatMap((it) => (it.keyOpaque ? [] : [it.key]));
    const incomplete = map?.partial === true || map?.entries.some((it) => it.keyOpaque) === true;
    emit.define(remoteClusters, '', root.get('metadata.name') ?? root, { clusters, incomplete });
  },
};
