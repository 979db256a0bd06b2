import { repositoryPath } from '../../../index/files.js';
import { defineKind } from '../../../model/kind.js';
import { namespaceKey } from '../../../model/resource.js';
import { dependenciesOf, folderName } from '../delivery.js';
import { kustomizationsNamed, sourcesNamed } from '../lookups.js';
import { kustomizations, kustomizationsByFolder, sources } from '../tables.js';

export const fluxKustomization = defineKind({
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  versions: ['v1', 'v1beta2', 'v1beta1'],
  shortNames: ['ks'],
  system: 'flux',
  extract(resource, emit) {
    const at = resource.root.get('metadata.name') ?? resource.root;
    const dependencies = dependenciesOf(resource);
    const path = resource.root.text('spec.path') ?? './';
    const data = {
      name: resource.name,
      namespace: resource.namespace,
      path,
      uri: resource.uri,
      dependsOn: dependencies.map((it) => it.key),
    };
    emit.define(kustomizations, `${namespaceKey(resource.namespace)}/${resource.name}`, at, data);
    emit.define(kustomizationsByFolder, folderName(path), at, data);
    for (const { node, key } of dependencies) emit.refer(kustomizationsNamed, key, node);
    const pathNode = resource.root.get('spec.path');
    if (pathNode?.text() !== undefined) emit.refer(repositoryPath, `${resource.uri}|${path}`, pathNode);
    const source = resource.root.get('spec.sourceRef.name');
    if (source?.text() !== undefined) {
      const namespace = resource.root.text('spec.sourceRef.namespace') ?? namespaceKey(resource.namespace);
      emit.refer(sourcesNamed, `${resource.root.text('spec.sourceRef.kind') ?? 'GitRepository'}/${namespace}/${source.text()}`, source);
    }
  },
});

export const helmRelease = defineKind({
  group: 'helm.toolkit.fluxcd.io',
  kind: 'HelmRelease',
  versions: ['v2', 'v2beta2', 'v2beta1'],
  shortNames: ['hr'],
  system: 'flux',
});

function source(kind: string): ReturnType<typeof defineKind> {
  return defineKind({
    group: 'source.toolkit.fluxcd.io',
    kind,
    versions: ['v1', 'v1beta2'],
    system: 'flux',
    extract: (resource, emit) =>
      emit.define(
        sources,
        `${kind}/${namespaceKey(resource.namespace)}/${resource.name}`,
        resource.root.get('metadata.name') ?? resource.root,
        null,
      ),
  });
}

export const sourceKinds = ['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository'].map(source);
