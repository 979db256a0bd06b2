import type { EditorSupport } from '../../rules/editor.js';
import { values } from './completions.js';
import { hints, lenses } from './effective/lenses.js';
import { meshState, policyState, serviceState } from './effective/others.js';
import { workloadState } from './effective/workload.js';
import { definitions, fields } from './hovers.js';
import { outlines } from './outlines.js';

/** What Kuma tells an editor beyond its facts. */
export const editor: EditorSupport = {
  values,
  definitions,
  fields,
  outlines,
  states: [workloadState, serviceState, policyState, meshState],
  lenses,
  hints,
};
