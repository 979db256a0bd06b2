import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { baselineText, keyOf, readBaselineText, unknownOf, type Identity } from '../../rules/baseline.js';
import { reasonOf } from '../files.js';
import { identityOf } from './format/identity.js';
import type { Finding } from './format/report.js';

/** Findings that are known, each as often as it may occur. */
export interface Baseline {
  /** Absolute; files in it count from its folder. */
  readonly file: string;
  readonly findings: readonly Identity[];
}

export interface Compared {
  /** Findings that are not known. */
  readonly fresh: readonly Finding[];
  /** Findings that are. */
  readonly known: number;
  /** Known ones that are found no more, in files that were checked. */
  readonly gone: number;
}

/** Reads a baseline, or tells why it cannot be used. */
export async function readBaseline(file: string): Promise<Baseline | { readonly problem: string }> {
  try {
    const findings = readBaselineText(await readFile(file, 'utf8'));
    return findings === undefined ? { problem: 'is no baseline of this version; --write-baseline writes it anew' } : { file, findings };
  } catch (error) {
    return {
      problem: error instanceof SyntaxError ? 'is no JSON; --write-baseline writes it anew' : `cannot be read (${reasonOf(error)})`,
    };
  }
}

/** Writes what is found as known. Hints fail nothing and are left out. Tells why it could not. */
export async function writeBaseline(file: string, findings: readonly Finding[]): Promise<{ count: number } | { problem: string }> {
  const folder = path.dirname(file);
  const known = findings.filter((it) => it.diagnostic.severity !== 'hint').map((it) => identityOf(it, folder));
  try {
    await writeFile(file, baselineText(known));
    return { count: known.length };
  } catch (error) {
    return { problem: `cannot be written (${reasonOf(error)})` };
  }
}

/** Takes out of the findings those that a baseline knows. `checked`: paths of the files that were looked at. */
export function compare(findings: readonly Finding[], baseline: Baseline, checked: readonly string[]): Compared {
  const folder = path.dirname(baseline.file);
  const { fresh, left } = unknownOf(findings, baseline.findings, (it) => identityOf(it, folder));
  const looked = new Set(checked.map((it) => path.resolve(folder, it)));
  const gone = new Map(baseline.findings.filter((it) => looked.has(path.resolve(folder, it.file))).map((it) => [keyOf(it), it]));
  return {
    fresh,
    known: findings.length - fresh.length,
    gone: [...gone.keys()].reduce((sum, key) => sum + (left.get(key) ?? 0), 0),
  };
}
