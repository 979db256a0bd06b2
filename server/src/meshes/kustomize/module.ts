import type { MeshModule } from '../../rules/module.js';
import { editor } from './editor.js';
import { component, kustomization } from './kinds/kustomization.js';
import { pathAt } from './lookups.js';
import { rules } from './rules/index.js';

/** Kustomization files themselves; what they build is checked as everything else is. */
export const kustomize: MeshModule = {
  id: 'kustomize',
  title: 'Kustomize',
  kinds: [kustomization, component],
  tables: [],
  lookups: [pathAt],
  settings: [],
  rules,
  editor,
};
