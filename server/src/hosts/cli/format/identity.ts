import { createHash } from 'node:crypto';
import path from 'node:path';
import { identityOf as identify, type Identity } from '../../../rules/baseline.js';
import type { Finding, ReportedFile } from './report.js';

/** What a finding is, with its file as a path from a folder. */
export function identityOf({ diagnostic, file, resource }: Finding, folder: string): Identity {
  return identify(diagnostic, relativePath(folder, file.path), resource);
}

/** A short name of each finding for other tools, unique in the report, that stays while lines move. */
export function fingerprints(findings: readonly Finding[], folder: string): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((it) => {
    const identity = JSON.stringify(identityOf(it, folder));
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return createHash('sha256')
      .update(`${identity}${before === 0 ? '' : before}`)
      .digest('hex')
      .slice(0, 32);
  });
}

/** A file's path from a folder, as other tools name it; absolute where it lies outside. Always with `/`. */
export function pathFrom(folder: string, { path: file }: ReportedFile): string {
  const relative = relativePath(folder, file);
  return relative.startsWith('../') ? file.replaceAll(path.sep, '/') : relative;
}

/** Standard input has a name and no path. */
function relativePath(folder: string, file: string): string {
  return (path.isAbsolute(file) ? path.relative(folder, file) : file).replaceAll(path.sep, '/');
}
