import { repositoryPath } from '../../../index/files.js';
import { defineKind, type Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { dependenciesOf, folderName, pathOf, sourceOf } from '../delivery.js';
import { helmReleasesNamed, kustomizationsNamed, sourcesNamed } from '../lookups.js';
import { helmReleases, kustomizations, kustomizationsByFolder, sourceNames, sources } from '../tables.js';

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
    referToSource(resource, emit);
  },
});

export const helmRelease = defineKind({
  group: 'helm.toolkit.fluxcd.io',
  kind: 'HelmRelease',
  versions: ['v2', 'v2beta2', 'v2beta1'],
  shortNames: ['hr'],
  system: 'flux',
  extract(resource, emit) {
    emit.define(
      helmReleases,
      `${namespaceKey(resource.namespace)}/${resource.name}`,
      resource.root.get('metadata.name') ?? resource.root,
      null,
    );
    for (const { node, key } of dependenciesOf(resource)) emit.refer(helmReleasesNamed, key, node);
    const chart = pathOf(resource);
    if (chart?.text() !== undefined) emit.refer(repositoryPath, `${resource.uri}|${chart.text()}`, chart);
    referToSource(resource, emit);
  },
});

function referToSource(resource: Resource, emit: Emit): void {
  const source = sourceOf(resource);
  if (source) emit.refer(sourcesNamed, `${source.kind}/${source.namespace}/${source.name}`, source.node);
}

function source(kind: string): ReturnType<typeof defineKind> {
  return defineKind({
    group: 'source.toolkit.fluxcd.io',
    kind,
    versions: ['v1', 'v1beta2'],
    system: 'flux',
    extract(resource, emit) {
      const at = resource.root.get('metadata.name') ?? resource.root;
      emit.define(sources, `${kind}/${namespaceKey(resource.namespace)}/${resource.name}`, at, null);
      emit.define(sourceNames, `${kind}/${namespaceKey(resource.namespace)}`, at, resource.name);
    },
  });
}

export const sourceKinds = ['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart'].map(source);
