import { repositoryPath } from '../../../index/files.js';
import { defineKind, type Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import type { KindExtension } from '../../../rules/module.js';
import { sourcesOf, valueFilesOf } from '../sources.js';
import { pathsOfRepository, waves } from '../tables.js';

const extract = (resource: Resource, emit: Emit): void => {
  for (const { node, key, repository } of sourcesOf(resource)) {
    emit.refer(repositoryPath, key, node);
    if (repository !== undefined) emit.define(pathsOfRepository, repository, node, key);
  }
  for (const { node, key } of valueFilesOf(resource)) emit.refer(repositoryPath, key, node);
};

export const application = defineKind({
  group: 'argoproj.io',
  kind: 'Application',
  versions: ['v1alpha1'],
  shortNames: ['app'],
  system: 'argo',
  extract,
});
export const applicationSet = defineKind({
  group: 'argoproj.io',
  kind: 'ApplicationSet',
  versions: ['v1alpha1'],
  shortNames: ['appset'],
  system: 'argo',
});

/** Waves of what a mesh needs in an order. */
export const syncWaves: KindExtension = {
  kinds: [
    '/Namespace',
    'networking.istio.io/DestinationRule',
    'networking.istio.io/VirtualService',
    'security.istio.io/PeerAuthentication',
  ],
  extract(resource, emit) {
    const written = resource.annotations.get('argocd.argoproj.io/sync-wave');
    const entry = resource.root.map('metadata.annotations')?.entry('argocd.argoproj.io/sync-wave');
    if (written !== undefined && /^-?\d+$/.test(written)) emit.define(waves, resource.id, entry?.value ?? resource.root, Number(written));
  },
};
