import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '../files.js';
import { identityOf, type Identity } from './format/identity.js';
import type { Finding } from './format/report.js';

/** Where a baseline is written unless options or settings name another file. */
export const BASELINE_FILE = '.meshwright-baseline.json';

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
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return {
      problem: error instanceof SyntaxError ? 'is no JSON; --write-baseline writes it anew' : `cannot be read (${reasonOf(error)})`,
    };
  }
  if (!isBaseline(data)) return { problem: 'is no baseline of this version; --write-baseline writes it anew' };
  return { file, findings: data.findings };
}

/** Writes what is found as known, one finding a line, in a fixed order. Hints fail nothing and are left out. Tells why it could not. */
export async function writeBaseline(file: string, findings: readonly Finding[]): Promise<{ count: number } | { problem: string }> {
  const folder = path.dirname(file);
  const lines = findings
    .filter((it) => it.diagnostic.severity !== 'hint')
    .map((it) => JSON.stringify(identityOf(it, folder)))
    .sort();
  try {
    await writeFile(file, `{"version":1,"findings":[${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`}]}\n`);
    return { count: lines.length };
  } catch (error) {
    return { problem: `cannot be written (${reasonOf(error)})` };
  }
}

/** Takes out of the findings those that a baseline knows. `checked`: paths of the files that were looked at. */
export function compare(findings: readonly Finding[], baseline: Baseline, checked: readonly string[]): Compared {
  const folder = path.dirname(baseline.file);
  const left = new Map<string, number>();
  for (const it of baseline.findings) left.set(keyOf(it), (left.get(keyOf(it)) ?? 0) + 1);
  const fresh = findings.filter((it) => {
    const key = keyOf(identityOf(it, folder));
    const number = left.get(key) ?? 0;
    if (number > 0) left.set(key, number - 1);
    return number === 0;
  });
  const looked = new Set(checked.map((it) => path.resolve(folder, it)));
  const gone = new Map(baseline.findings.filter((it) => looked.has(path.resolve(folder, it.file))).map((it) => [keyOf(it), it]));
  return {
    fresh,
    known: findings.length - fresh.length,
    gone: [...gone.keys()].reduce((sum, key) => sum + (left.get(key) ?? 0), 0),
  };
}

function keyOf({ rule, file, resource, path, message }: Identity): string {
  return JSON.stringify([rule, file, resource, path, message]);
}

function isBaseline(data: unknown): data is { readonly findings: readonly Identity[] } {
  if (typeof data !== 'object' || data === null || !('version' in data) || data.version !== 1) return false;
  return 'findings' in data && Array.isArray(data.findings) && data.findings.every(isIdentity);
}

function isIdentity(data: unknown): data is Identity {
  if (typeof data !== 'object' || data === null) return false;
  const fields = new Map(Object.entries(data));
  return ['rule', 'file', 'resource', 'path', 'message'].every((it) => typeof fields.get(it) === 'string');
}
