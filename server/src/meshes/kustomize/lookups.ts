import { paths, seesDisk, type KnownPath } from '../../index/files.js';
import { world } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';

/** What a path leads to, by URI; undefined: nothing. `unknown`: it may be there all the same. */
export const pathAt = defineLookup<KnownPath | undefined | 'unknown'>('kustomize/pathAt', (look, uri) => {
  const [found] = look.get(paths, uri);
  if (found) return found.data;
  return look.get(seesDisk) || look.get(world) === 'closed' ? undefined : 'unknown';
});
