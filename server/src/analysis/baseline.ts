import { isSettingsFile } from '../features/settings-file.js';
import { baselineText, identityOf, readBaselineText, unknownOf, type Identity } from '../rules/baseline.js';
import { diagnosticSources, type DiagnosticSource } from './diagnostics.js';
import type { AnalysisHost } from './host.js';

/** Takes out of a file's findings those that the baseline in force knows (settings `baselineText` and `baselineFolder`, told by the host). */
export function withoutKnown(host: AnalysisHost, uri: string, sources: readonly DiagnosticSource[]): readonly DiagnosticSource[] {
  const { baselineText: text, baselineFolder: folder } = host.settings;
  if (sources.length === 0 || typeof text !== 'string' || typeof folder !== 'string') return sources;
  const path = pathFrom(folder, uri);
  const known = path === undefined ? undefined : knownIn(text).get(path);
  if (path === undefined || known === undefined) return sources;
  return unknownOf(sources, known, (it) => identityOf(it.diagnostic, path, it.state?.resource)).fresh;
}

/** A baseline of everything that is found now, with files as paths from a folder. Hints fail nothing and are left out. */
export function baselineOf(host: AnalysisHost, folder: string): { readonly text: string; readonly count: number } {
  const known: Identity[] = [];
  for (const { uri } of host.files()) {
    const path = pathFrom(folder, uri);
    if (path === undefined || isSettingsFile(uri)) continue;
    for (const { diagnostic, state } of diagnosticSources(host, uri)) {
      if (diagnostic.severity !== 'hint') known.push(identityOf(diagnostic, path, state?.resource));
    }
  }
  return { text: baselineText(known), count: known.length };
}

/** One baseline is in force at a time. */
let latest: { readonly text: string; readonly byFile: ReadonlyMap<string, readonly Identity[]> } | undefined;

function knownIn(text: string): ReadonlyMap<string, readonly Identity[]> {
  if (latest?.text === text) return latest.byFile;
  const byFile = new Map<string, Identity[]>();
  for (const it of readLoosely(text)) {
    const list = byFile.get(it.file);
    if (list) list.push(it);
    else byFile.set(it.file, [it]);
  }
  latest = { text, byFile };
  return byFile;
}

/** What is no baseline knows nothing; the command line says so. */
function readLoosely(text: string): readonly Identity[] {
  try {
    return readBaselineText(text) ?? [];
  } catch {
    return [];
  }
}

/** Path of a file from a folder: with `../` where it lies elsewhere, such as in another folder of the workspace. */
function pathFrom(folder: string, uri: string): string | undefined {
  const from = folder.split('/');
  const to = uri.split('/');
  const apart = from.findIndex((it, index) => it !== to[index]);
  const shared = apart < 0 ? from.length : apart;
  // Scheme and host, at least.
  if (shared < 3) return undefined;
  try {
    return decodeURIComponent([...from.slice(shared).fill('..'), ...to.slice(shared)].join('/'));
  } catch {
    return undefined;
  }
}
