import type { Definition } from '../model/facts.js';
import { candidatesFor } from '../sources/deliveries.js';
import { uriOfResource } from '../sources/documents.js';
import { defineLookup, defineSetting, defineTable } from './tables.js';

/** What is known of a path. */
export interface KnownPath {
  readonly sort: 'file' | 'folder';
  /** The file to show for it: itself, or the kustomization or chart of a folder. */
  readonly opens: string | undefined;
  /** Whether a folder holds a kustomization. */
  readonly hasKustomization: boolean;
  /** Whether a folder holds a chart. */
  readonly hasChart: boolean;
}

/** Files and folders of the workspace, by URI without a trailing slash. At most one each, of no resource. The host fills it. */
export const paths = defineTable<KnownPath>('paths');

/** Whether the host tells of files that nobody reads too, so that what it does not tell is not there. */
export const seesDisk = defineSetting<boolean>('seesDisk', false);

/** What a path from the root of a repository leads to, by `uri|path`: seen from a file, the nearest that fits. */
export const repositoryPath = defineLookup<readonly Definition<KnownPath>[]>(
  'repositoryPath',
  (look, key) => {
    const bar = key.indexOf('|');
    for (const uri of candidatesFor(key.slice(0, bar), key.slice(bar + 1))) {
      const found = look.get(paths, uri);
      if (found.length > 0) return found;
    }
    return [];
  },
  { of: [] },
);

/** Patches of a kustomization, by its URI, that are for no resource of a kind that is read; the range is what asks for the patch. */
export const idlePatches = defineTable<{ readonly named: string }>('idlePatches');

/** Files right beside a kustomization that nothing takes in, by the URI of the kustomization. The host fills it. */
export const unlistedFiles = defineTable<{ readonly uri: string }>('unlistedFiles');

/** Resources of a file from top to bottom, by its URI. The host fills it. */
export const resourcesOfFile = defineTable<null>('resourcesOfFile');

/** The definition that stands first: in the file of the least URI, and of those in one file nearest to its top. */
export function firstInFiles<D>(
  found: readonly Definition<D>[],
  resourcesOf: (uri: string) => readonly Definition<null>[],
): Definition<D> | undefined {
  const [least] = found.map((it) => uriOfResource(it.resource)).sort();
  if (least === undefined) return undefined;
  const here = found.filter((it) => uriOfResource(it.resource) === least);
  if (here.length === 1) return here[0];
  for (const { resource } of resourcesOf(least)) {
    const first = here.find((it) => it.resource === resource);
    if (first) return first;
  }
  return here[0];
}
