import type { Resource } from '../../../model/resource.js';
import type { Diagnostic } from '../../../rules/diagnostic.js';
import type { RuleMeta, Severity } from '../../../rules/rule.js';
import type { LineIndex } from '../../../text/line-index.js';
import type { Range } from '../../../text/range.js';
import { harmless } from '../io.js';

export type Loudness = 'quiet' | 'normal' | 'verbose';

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
  /** Findings that the baseline holds, which are not reported. */
  readonly known: number;
  /** Entries of the baseline that nothing answers to any more, in files that were checked. */
  readonly gone: number;
  /** Whether all that the user named was read and every rule ran to its end. */
  readonly isComplete: boolean;
}

/** What formats for other programs say beside findings. */
export interface Surroundings {
  readonly rules: readonly RuleMeta[];
  readonly version: string;
  /** The root of the repository: those programs know files by their paths in it. */
  readonly folder: string;
}

/** Findings that are printed: errors only, all but hints, or all. */
export function shownFindings(findings: readonly Finding[], loudness: Loudness): readonly Finding[] {
  switch (loudness) {
    case 'quiet':
      return findings.filter((it) => it.diagnostic.severity === 'error');
    case 'normal':
      return findings.filter((it) => it.diagnostic.severity !== 'hint');
    case 'verbose':
      return findings;
  }
}

/** `path:line:column`, as terminals and problem matchers find it. */
export function placeOf(file: ReportedFile, range: Range): string {
  const { line, character } = file.lines.positionAt(range.start);
  return `${harmless(file.shown)}:${line + 1}:${character + 1}`;
}

/** `VirtualService shop/checkout`. */
export function nameOf({ kind, namespace, name }: Resource): string {
  return harmless(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}
