import { createHost } from '../analysis/analyze.js';
import { comparisonOf, type Comparison } from '../analysis/comparison.js';
import type { AnalysisHost } from '../analysis/host.js';
import type { Snapshot } from '../features/snapshot.js';
import type { HostPorts, RevisionNames } from './ports.js';
import type { Connection } from 'vscode-languageserver';

export interface ComparingOptions {
  readonly connection: Connection;
  readonly ports: HostPorts;
  readonly host: AnalysisHost;
  readonly snapshot: Snapshot;
  readonly folders: () => readonly string[];
  /** Git is a program like others: it runs for a workspace that somebody trusts only. */
  readonly isTrusted: () => boolean;
  /** Globs of files that are left out. */
  readonly exclude: () => readonly string[];
  readonly settled: () => Promise<void>;
  readonly clientUri: (uri: string) => string;
}

/** Files read at a time, with requests between. */
const BATCH = 32;

type Problem = { readonly problem: string };

/** What changed dangerously since a revision, for clients that ask. */
export function registerComparing({
  connection,
  ports,
  host,
  snapshot,
  folders,
  isTrusted,
  exclude,
  settled,
  clientUri,
}: ComparingOptions): void {
  const refused = (): Problem | undefined => {
    if (folders().length === 0) return { problem: 'needs a folder' };
    if (ports.revisions === undefined) return { problem: 'needs git, which is not at hand here' };
    return isTrusted() ? undefined : { problem: 'runs git, for which the workspace has to be trusted' };
  };

  connection.onRequest('meshwright/revisions', async (): Promise<RevisionNames | Problem> => {
    return refused() ?? (await ports.revisions!.names(folders()[0]!));
  });

  connection.onRequest('meshwright/compare', async ({ revision, name = revision }: CompareParams): Promise<Comparison | Problem> => {
    const refusal = refused();
    if (refusal !== undefined) return refusal;
    // Half a workspace would look as if the other half had been removed.
    await settled();
    const before = createHost({ schemas: ports.schemas, endOfLink: ports.endOfLink });
    before.setSettings(host.settings);
    before.beginReading();
    for (const folder of folders()) {
      const files = await ports.revisions!.files(folder, revision, exclude());
      if ('problem' in files) return files;
      for (let at = 0; at < files.length; at += BATCH) {
        before.apply(files.slice(at, at + BATCH));
        await new Promise<void>((resolve) => ports.defer(resolve));
      }
    }
    before.endReading();
    return comparisonOf(before, host, snapshot, { revision: name, uriOf: clientUri });
  });
}

interface CompareParams {
  readonly revision: string;
  /** What people call it. */
  readonly name?: string;
}
