import type { MeshModule } from '../../rules/module.js';
import { rules } from './rules/index.js';

/** Where two systems meet: what none of them can see alone. */
export const mesh: MeshModule = {
  id: 'mesh',
  title: 'Several meshes',
  kinds: [],
  tables: [],
  lookups: [],
  settings: [],
  rules,
};
