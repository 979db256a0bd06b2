import type { MeshModule } from '../../rules/module.js';
import { dataPlanes } from '../data-planes.js';
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
  // Without another mesh than Istio there is nothing to compare: of sidecars and ambient, Istio's own rules tell.
  presence: { words: [...new Set(dataPlanes.map((it) => it.system))].filter((it) => it !== 'istio'), onKindsOf: ['kubernetes'] },
};
