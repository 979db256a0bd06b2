import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Cases that lie beside the repository and are no part of it. */
export const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

/** What a case.json says: files to check, and what has to be found in them. */
export interface Case {
  readonly id: string;
  readonly files: readonly string[];
  readonly world?: 'open' | 'closed';
  readonly meshConfig?: string | null;
  readonly meshNetworks?: string;
  readonly clusters?: Readonly<Record<string, readonly string[]>>;
  readonly channel?: string;
  readonly enable?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `set`: what is said of one resource with one code counts once. */
  readonly compare?: 'set';
  /** Codes that count. All others may be reported or not. */
  readonly judged: readonly string[];
  readonly expect: readonly Expectation[];
}

export interface Expectation {
  readonly code: string;
  readonly kind?: string | null;
  readonly namespace?: string | null;
  readonly name?: string | null;
  readonly optional?: boolean;
}

export interface CaseFolder {
  readonly suite: string;
  readonly folder: string;
  readonly case: Case;
}

/** Suites of the corpus by name, each with its cases in the order of their folders; empty where there is no corpus. */
export function suites(): ReadonlyMap<string, readonly CaseFolder[]> {
  const found = new Map<string, readonly CaseFolder[]>();
  if (!existsSync(CORPUS)) return found;
  for (const suite of foldersIn(CORPUS)) {
    const cases = caseFolders(path.join(CORPUS, suite)).flatMap((folder) => {
      const read = JSON.parse(readFileSync(path.join(folder, 'case.json'), 'utf8')) as Partial<Case>;
      // Some cases convert instead of check.
      return read.files && read.expect ? [{ suite, folder, case: { judged: [], ...read } as Case }] : [];
    });
    if (cases.length > 0) found.set(suite, cases);
  }
  return found;
}

/** The arguments with which the command line checks a case, in the case's folder. */
export function argumentsOf(it: Case): readonly string[] {
  return [
    'check',
    '--format',
    'json',
    ...(it.world === 'open' ? [] : ['--closed-world']),
    ...(it.meshConfig ? ['--mesh-config', it.meshConfig] : []),
    ...(it.channel === undefined ? [] : ['--set', `gateway-api.channel=${it.channel}`]),
    ...(it.enable ?? []).flatMap((code) => ['--enable', code]),
    ...(it.meshNetworks === undefined ? [] : ['--mesh-networks', it.meshNetworks]),
    ...Object.entries(it.clusters ?? {}).flatMap(([name, files]) => ['--cluster', `${name}=${files.join(',')}`]),
    ...Object.entries(it.settings ?? {}).flatMap(([key, value]) => [
      '--set',
      `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ]),
    ...it.files,
  ];
}

function caseFolders(folder: string): readonly string[] {
  if (existsSync(path.join(folder, 'case.json'))) return [folder];
  return foldersIn(folder).flatMap((name) => caseFolders(path.join(folder, name)));
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((it) => (it.isDirectory() ? [it.name] : []))
    .sort();
}
