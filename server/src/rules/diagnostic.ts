import type { ResourceId } from '../model/resource.js';
import type { Range } from '../text/range.js';
import type { Category, Severity } from './rule.js';

/** A problem as people see it. Ranges are offsets into the file, as it is at the revision the diagnostic was asked at. */
export interface Diagnostic {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly peers: readonly string[];
  /** What is wrong, what happens, and where there is no fix, what to do. */
  readonly message: string;
  readonly uri: string;
  readonly range: Range;
  readonly path: string;
  readonly resource: ResourceId | undefined;
  readonly related: readonly { readonly uri: string; readonly range: Range; readonly message: string }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  readonly hasFix: boolean;
  /** Names of the scopes where it is true; none for what is in no scope, and for what is about the text alone. */
  readonly scopes?: readonly string[];
}
