import type { EditorSupport } from '../../rules/editor.js';
import { values } from './completions.js';
import { lenses, policyState, serviceState, workloadState } from './effective.js';
import { definitions, fields } from './hovers.js';
import { outlines } from './outlines.js';

/** What Cilium tells an editor beyond its facts. */
export const editor: EditorSupport = { values, definitions, fields, outlines, states: [workloadState, serviceState, policyState], lenses };
