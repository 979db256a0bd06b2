import type { Settings } from '../index/settings.js';
import { meshes } from '../meshes/index.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import { compareDiagnostics, diagnosticsOf } from './diagnostics.js';
import { AnalysisHost, type HostOptions } from './host.js';

export interface InputFile {
  readonly uri: string;
  readonly text: string;
}

/** A host with every system that Meshwright knows. */
export function createHost(options: Partial<HostOptions> = {}): AnalysisHost {
  return new AnalysisHost({ modules: meshes, ...options });
}

/** Checks a set of files from scratch: what the editor does, on a fresh host. The CLI is this plus a printer. */
export function analyze(
  files: readonly InputFile[],
  settings: Settings = {},
  options: Partial<HostOptions> = {},
): { host: AnalysisHost; diagnostics: readonly Diagnostic[] } {
  const host = createHost(options);
  host.setSettings(settings);
  host.apply(files.map(({ uri, text }) => ({ uri, text })));
  const diagnostics = files.flatMap(({ uri }) => diagnosticsOf(host, uri));
  return { host, diagnostics: diagnostics.sort(compareDiagnostics) };
}
