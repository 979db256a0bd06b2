import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { candidatesFor } from '../../sources/deliveries.js';
import { folderOf } from '../../text/uri.js';
import { helmReleases, kustomizations, kustomizationsByFolder, sources, type FluxKustomization } from './tables.js';

export const kustomizationsNamed = defineLookup('flux/kustomizationsNamed', (look, key) => look.get(kustomizations, key), {
  of: [kustomizations],
});

export const helmReleasesNamed = defineLookup('flux/helmReleasesNamed', (look, key) => look.get(helmReleases, key), { of: [helmReleases] });

export const sourcesNamed = defineLookup('flux/sourcesNamed', (look, key) => look.get(sources, key), { of: [sources] });

/** The Flux Kustomization that applies a file, by the file's URI: the one with the deepest path. */
export const applierOf = defineLookup<Definition<FluxKustomization> | undefined>('flux/applierOf', (look, uri) => {
  for (let folder = folderOf(uri); folder.includes('/'); folder = folderOf(folder)) {
    const name = decodeURI(folder.slice(folder.lastIndexOf('/') + 1));
    const found =
      name === ''
        ? undefined
        : look.get(kustomizationsByFolder, name).find((it) => candidatesFor(it.data.uri, it.data.path).includes(folder));
    if (found) return found;
  }
  return undefined;
});

/** All that a Flux Kustomization waits for, over any number of steps, by `namespace/name`. */
export const waitsFor = defineLookup<readonly string[]>('flux/waitsFor', (look, key) => {
  const all = new Set<string>();
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const it of look.get(kustomizations, next).flatMap(({ data }) => data.dependsOn)) {
      if (all.has(it)) continue;
      all.add(it);
      open.push(it);
    }
  }
  return [...all].sort();
});
