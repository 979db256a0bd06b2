import type { Settings } from '../index/settings.js';
import type { Problem, Rule } from '../rules/rule.js';
import type { Found } from '../rules/runner.js';
import { SCHEMA_FINDERS } from './schema-diagnostics.js';

/** What a resource's own document shows, in a form that can go from one thread to another: `''` for most, which show nothing. */
export type SentFindings = '' | { readonly ofRules: readonly SentFinding[]; readonly ofSchema: readonly SentFinding[] };
export type SentFinding = readonly [rule: string, problem: Problem];

export interface JudgedFile {
  readonly uri: string;
  readonly text: string;
}

/**
 * Finds in another thread what documents show by themselves, while this one reads on. Whatever it has not told when it is asked for is found
 * here, so that nothing depends on it but time.
 */
export interface Judge {
  /** Takes over some files and tells, for each, the findings of its resources in order; false: it has enough to do. */
  take(files: readonly JudgedFile[], settings: Settings, done: (findings: readonly (readonly SentFindings[])[]) => void): boolean;
}

export function toSent(ofRules: readonly Found[], ofSchema: readonly Found[]): SentFindings {
  if (ofRules.length + ofSchema.length === 0) return '';
  const sent = ({ rule, problem }: Found): SentFinding => [rule.id, problem];
  return { ofRules: ofRules.map(sent), ofSchema: ofSchema.map(sent) };
}

/** Finds rules by id, those that stand for schemas as well. */
export function fromSent(rules: ReadonlyMap<string, Rule>, sent: readonly SentFinding[]): readonly Found[] {
  return sent.flatMap(([id, problem]) => {
    const rule = rules.get(id) ?? SCHEMA_FINDERS.get(id);
    return rule === undefined ? [] : [{ rule, problem }];
  });
}
