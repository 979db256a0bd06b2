import { parseBlock } from './block.js';
import type { YamlDocument } from './document.js';
import { maskTemplates } from './mask.js';
import { markPartial } from './partial.js';
import { conflictProblem, controlProblem } from './problems.js';
import { composeBroken } from './repair.js';

/** Reads one YAML document, as `splitDocuments` cuts it; whatever the text is, there is a result. */
export function parseDocument(text: string): YamlDocument {
  return parseFast(text) ?? parseWithPackage(text);
}

/** Reads a document of the plain kind that manifests are of; undefined for one that is broken, or uses more of YAML. */
export function parseFast(text: string): YamlDocument | undefined {
  const block = parseBlock(text);
  return block && { text, root: block.root, problems: [] };
}

/** Reads a document with the `yaml` package, which knows all of YAML, and what to make of broken text. */
export function parseWithPackage(text: string): YamlDocument {
  const unreadable = conflictProblem(text) ?? controlProblem(text);
  if (unreadable !== undefined) return { text, root: undefined, problems: [unreadable] };
  const templates = maskTemplates(text);
  const { composed, masked, problems } = composeBroken(text, templates);
  const root = composed.root && markPartial(composed.root, text, masked.actions);
  // What a template leaves unreadable may be fine once it is filled in.
  if (templates.actions.length > 0) return { text, root, problems: [] };
  const all = [...problems, ...composed.problems];
  return { text, root, problems: all.sort((a, b) => a.range.start - b.range.start) };
}
