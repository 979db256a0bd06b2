import { paths } from '../../../index/files.js';
import { defineKind, type Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { namedPaths } from '../places.js';

const extract = (resource: Resource, emit: Emit): void => {
  for (const { node, uri } of namedPaths(resource)) emit.refer(paths, uri, node);
};

export const kustomization = defineKind({
  group: 'kustomize.config.k8s.io',
  kind: 'Kustomization',
  namespaced: false,
  versions: ['v1beta1', 'v1'],
  system: 'kustomize',
  files: /\/(?:kustomization\.ya?ml|Kustomization)$/,
  extract,
});

export const component = defineKind({
  group: 'kustomize.config.k8s.io',
  kind: 'Component',
  namespaced: false,
  versions: ['v1alpha1'],
  system: 'kustomize',
  extract,
});
