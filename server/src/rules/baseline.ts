import { displayName, type Resource } from '../model/resource.js';
import type { Diagnostic } from './diagnostic.js';

/** Where a baseline is written unless options or settings name another file. */
export const BASELINE_FILE = '.meshwright-baseline.json';

/** What a finding is, wherever its lines have moved to: the same in two revisions of a file. */
export interface Identity {
  readonly rule: string;
  /** Relative to the folder of the baseline, with `/`. */
  readonly file: string;
  /** Kind and name, without the version of the API; empty for a file that holds none. */
  readonly resource: string;
  /** Places in lists are `*`: an item above changes none of what stands below. */
  readonly path: string;
  /** Without line numbers. */
  readonly message: string;
}

export function identityOf(diagnostic: Diagnostic, file: string, resource: Resource | undefined): Identity {
  return {
    rule: diagnostic.rule,
    file,
    resource: resource ? `${resource.kind} ${displayName(resource)}` : '',
    path: diagnostic.path.replace(/\[\d+\]/g, '[*]'),
    message: diagnostic.message.replace(/(\.(?:ya?ml|json)):\d+(?::\d+)?/g, '$1').replace(/\b(lines?) \d+/g, '$1'),
  };
}

/** A baseline as it is written: one finding a line, in a fixed order. */
export function baselineText(findings: readonly Identity[]): string {
  const lines = findings.map((it) => JSON.stringify(it)).sort();
  return `{"version":1,"findings":[${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`}]}\n`;
}

/** What a baseline holds; undefined where the text is no baseline of this version. Throws a SyntaxError where it is no JSON. */
export function readBaselineText(text: string): readonly Identity[] | undefined {
  const data: unknown = JSON.parse(text);
  if (typeof data !== 'object' || data === null || !('version' in data) || data.version !== 1) return undefined;
  return 'findings' in data && Array.isArray(data.findings) && data.findings.every(isIdentity) ? data.findings : undefined;
}

/** The findings that are not known: of a known one only as many as the baseline holds are taken out. */
export function unknownOf<T>(
  findings: readonly T[],
  known: readonly Identity[],
  identify: (finding: T) => Identity,
): { readonly fresh: readonly T[]; readonly left: ReadonlyMap<string, number> } {
  const left = new Map<string, number>();
  for (const it of known) left.set(keyOf(it), (left.get(keyOf(it)) ?? 0) + 1);
  const fresh = findings.filter((it) => {
    const key = keyOf(identify(it));
    const number = left.get(key) ?? 0;
    if (number > 0) left.set(key, number - 1);
    return number === 0;
  });
  return { fresh, left };
}

export function keyOf({ rule, file, resource, path, message }: Identity): string {
  return JSON.stringify([rule, file, resource, path, message]);
}

function isIdentity(data: unknown): data is Identity {
  if (typeof data !== 'object' || data === null) return false;
  const fields = new Map(Object.entries(data));
  return ['rule', 'file', 'resource', 'path', 'message'].every((it) => typeof fields.get(it) === 'string');
}
