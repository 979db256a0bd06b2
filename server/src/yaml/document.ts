import type { Range } from '../text/range.js';
import type { YamlNode } from './node.js';

/** One YAML document, parsed. There is always a result: what is broken is told in `problems`, and `root` holds what could be read. */
export interface YamlDocument {
  readonly text: string;
  /** Undefined for an empty document, or one so broken that nothing could be read. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** Something that keeps a document from being read as written; `code` is the last part of the rule id (`yaml/syntax`). */
export interface SyntaxProblem {
  readonly code:
    'syntax' | 'duplicate-key' | 'tab-indent' | 'conflict-marker' | 'unknown-alias' | 'too-many-aliases' | 'too-deep' | 'unclosed-quote';
  readonly severity: 'error' | 'warning';
  /** One sentence about this place, in our words. */
  readonly message: string;
  readonly range: Range;
  readonly related: readonly { readonly range: Range; readonly message: string }[];
}
