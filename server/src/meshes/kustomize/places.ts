import type { Resource } from '../../model/resource.js';
import { isRemote, resolvePath } from '../../sources/kustomize/kustomization.js';
import { folderOf } from '../../text/uri.js';
import type { YamlNode } from '../../yaml/node.js';

/** A place where a kustomization names a file or folder of the workspace. */
export interface NamedPath {
  readonly node: YamlNode;
  /** As it is written, without the key that a generator may put before it. */
  readonly written: string;
  readonly uri: string;
  readonly takes: 'file' | 'folder' | 'either';
}

const PLACES: readonly (readonly [path: string, takes: NamedPath['takes']])[] = [
  ['resources.*', 'either'],
  ['bases.*', 'either'],
  ['components.*', 'folder'],
  ['crds.*', 'file'],
  ['patchesStrategicMerge.*', 'file'],
  ['patches.*.path', 'file'],
  ['patchesJson6902.*.path', 'file'],
  ['replacements.*.path', 'file'],
  ['configurations.*', 'file'],
  ['generators.*', 'either'],
  ['transformers.*', 'either'],
  ['validators.*', 'either'],
  ['openapi.path', 'file'],
  ['helmCharts.*.valuesFile', 'file'],
  ['helmCharts.*.additionalValuesFiles.*', 'file'],
  ...['configMapGenerator', 'secretGenerator'].flatMap((it): (readonly [string, 'file'])[] => [
    [`${it}.*.files.*`, 'file'],
    [`${it}.*.envs.*`, 'file'],
    [`${it}.*.env`, 'file'],
  ]),
];

/** Fields whose values are paths, for completion. */
export const PATH_FIELDS: readonly string[] = PLACES.map(([path]) => path);

/** Fields that list manifests and folders of them. */
export const LIST_FIELDS: readonly string[] = ['resources.*', 'bases.*', 'components.*'];

/** Every file or folder that a kustomization names, remote ones and those in templates left out. */
export function namedPaths({ root, uri }: Pick<Resource, 'root' | 'uri'>): readonly NamedPath[] {
  const folder = folderOf(uri);
  const found: NamedPath[] = [];
  for (const [path, takes] of PLACES) {
    for (const node of root.list(path)) {
      const text = node.text();
      // A text of several lines is the thing itself.
      if (text === undefined || text === '' || text.includes('\n') || /^\s*[{[]/.test(text)) continue;
      const written = /\.files\.\*$/.test(path) ? text.slice(text.indexOf('=') + 1) : text;
      if (!isRemote(written) && !written.startsWith('/')) found.push({ node, written, uri: resolvePath(folder, written), takes });
    }
  }
  return found;
}
