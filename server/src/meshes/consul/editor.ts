import type { EditorSupport } from '../../rules/editor.js';
import { values } from './completions.js';
import { lenses } from './effective/lenses.js';
import { states } from './effective/states.js';
import { definitions, fields } from './hovers.js';
import { outlines } from './outlines.js';

/** What Consul tells an editor beyond its facts. */
export const editor: EditorSupport = { values, definitions, fields, outlines, states, lenses };
