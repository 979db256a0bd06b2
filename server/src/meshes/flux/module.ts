import { repositoryPath } from '../../index/files.js';
import type { MeshModule } from '../../rules/module.js';
import { fluxKustomization, helmRelease, sourceKinds } from './kinds/kinds.js';
import { helmReleasesNamed, kustomizationsNamed, sourcesNamed } from './lookups.js';
import { rules } from './rules/index.js';
import { tables } from './tables.js';

/** What Flux applies, and in which order. */
export const flux: MeshModule = {
  id: 'flux',
  title: 'Flux',
  kinds: [fluxKustomization, helmRelease, ...sourceKinds],
  tables,
  lookups: [repositoryPath, kustomizationsNamed, helmReleasesNamed, sourcesNamed],
  settings: [],
  rules,
  presence: { words: ['kustomize.toolkit.fluxcd.io'], onKindsOf: ['istio'] },
};
