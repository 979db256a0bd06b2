import type { EditorSupport } from '../../rules/editor.js';

/** What Consul tells an editor beyond its facts. */
export const editor: EditorSupport = {};
