import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Finding, ReportedFile } from './report.js';

/** What a finding is, wherever its lines have moved to: the same in two revisions of a file. */
export interface Identity {
  readonly rule: string;
  /** Relative to a folder, with `/`. */
  readonly file: string;
  /** Kind and name, without the version of the API; empty for a file that holds none. */
  readonly resource: string;
  /** Places in lists are `*`: an item above changes none of what stands below. */
  readonly path: string;
  /** Without line numbers. */
  readonly message: string;
}

export function identityOf({ diagnostic, file, resource }: Finding, folder: string): Identity {
  return {
    rule: diagnostic.rule,
    file: relativePath(folder, file.path),
    resource: resource ? `${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}` : '',
    path: diagnostic.path.replace(/\[\d+\]/g, '[*]'),
    message: diagnostic.message.replace(/(\.(?:ya?ml|json)):\d+(?::\d+)?/g, '$1').replace(/\b(lines?) \d+/g, '$1'),
  };
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
