import type { Resource } from '../../../model/resource.js';
import type { Diagnostic } from '../../../rules/diagnostic.js';
import type { Severity } from '../../../rules/rule.js';
import type { LineIndex } from '../../../text/line-index.js';
import type { Range } from '../../../text/range.js';

/** What a check came to, for printing in any format. */
export interface Report {
  /** Of every severity, in order of place. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
}

export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly file: ReportedFile;
  readonly resource: Resource | undefined;
  readonly fixes: readonly { readonly title: string; readonly preferred: boolean }[];
  readonly related: readonly { readonly file: ReportedFile; readonly range: Range; readonly message: string }[];
}

export interface ReportedFile {
  /** Absolute, or `<stdin>`. */
  readonly path: string;
  /** As people read it: relative to where they are, with `/`. */
  readonly shown: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** Where its documents begin. */
  readonly starts: readonly number[];
}

export interface Summary {
  readonly counts: Readonly<Record<Severity, number>>;
  /** Findings that have a fix which needs no decision. */
  readonly fixable: number;
  readonly resources: number;
  /** Files with resources. */
  readonly files: number;
  /** Kustomizations and charts whose resources are applied together. */
  readonly scopes: number;
  readonly world: 'open' | 'closed';
  readonly seconds: number;
  /** Files without anything for us, and why. */
  readonly passedOver: readonly { readonly file: string; readonly reason: string }[];
  /** Helm templates, of which only the literal parts are checked. */
  readonly templates: number;
  /** Files that could not be read. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
  /** What was to be checked, as the user named it. */
  readonly asked: readonly string[];
}
