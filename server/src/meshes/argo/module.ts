import { repositoryPath } from '../../index/files.js';
import type { MeshModule } from '../../rules/module.js';
import { application, applicationSet, syncWaves } from './kinds/applications.js';
import { rules } from './rules/index.js';
import { tables } from './tables.js';

/** What Argo CD applies, and in which order. */
export const argo: MeshModule = {
  id: 'argo',
  title: 'Argo CD',
  kinds: [application, applicationSet],
  extensions: [syncWaves],
  tables,
  lookups: [repositoryPath],
  settings: [],
  rules,
  presence: { words: ['argocd.argoproj.io/sync-wave'], onKindsOf: ['istio'] },
};
