import { settings } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';
import type { ResourceId } from '../../model/resource.js';
import { glob } from '../../text/globs.js';

/**
 * Names of the clusters that a file is applied to, by its URI. Setting `clusters` has the files of each, as URIs or as globs that match
 * the end of a path. Empty where nobody says.
 */
export const clustersOfFile = defineLookup<readonly string[]>('istio/clustersOfFile', (look, uri) => {
  const named = look.get(settings)['clusters'];
  if (typeof named !== 'object' || named === null || Array.isArray(named)) return [];
  return Object.entries(named)
    .filter(
      ([, files]) => Array.isArray(files) && files.some((file) => typeof file === 'string' && (file === uri || matchesEnd(file, uri))),
    )
    .map(([name]) => name)
    .sort();
});

/** The file that a resource stands in. */
export function fileOf(id: ResourceId): string {
  return id.slice(id.indexOf('|') + 1, id.lastIndexOf('#'));
}

function matchesEnd(pattern: string, uri: string): boolean {
  return !pattern.includes('://') && glob(`**/${pattern}`)(uri.replace(/^[a-z][a-z0-9+.-]*:\/+/i, ''));
}
