import { compose } from './compose.js';
import type { YamlDocument } from './document.js';
import { syntaxProblems } from './problems.js';

/** Reads one YAML document, as `splitDocuments` cuts it; whatever the text is, there is a result. */
export function parseDocument(text: string): YamlDocument {
  const { root, problems, errors, masked } = compose(text);
  // What a template leaves unreadable may be fine once it is filled in.
  const told = masked.actions.length > 0 ? [] : syntaxProblems(text, errors);
  return { text, root, problems: [...told, ...problems].sort((a, b) => a.range.start - b.range.start) };
}
