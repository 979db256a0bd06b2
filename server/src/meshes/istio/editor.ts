import type { EditorSupport } from '../../rules/editor.js';
import { values } from './completions.js';
import { definitions, fields } from './hovers.js';
import { outlines } from './outlines.js';

/** What Istio tells an editor beyond its facts. */
export const editor: EditorSupport = { values, definitions, fields, outlines };
