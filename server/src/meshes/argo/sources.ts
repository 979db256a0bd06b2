import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';

export interface Source {
  readonly node: YamlNode;
  readonly path: string;
  /** Of `repositoryPath`. */
  readonly key: string;
  readonly repository: string | undefined;
}

/** Folders of repositories that an Application applies. */
export function sourcesOf({ uri, root }: Pick<Resource, 'uri' | 'root'>): readonly Source[] {
  return [root.get('spec.source'), ...root.list('spec.sources.*')].flatMap((source): Source[] => {
    const node = source?.get('path');
    const path = node?.text();
    if (source === undefined || node === undefined || path === undefined) return [];
    return [{ node, path, key: `${uri}|${path}`, repository: source.text('repoURL') }];
  });
}
