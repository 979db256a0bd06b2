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

/** Files with values that a source names, as paths of its repository; those of other repositories left out. */
export function valueFilesOf({
  uri,
  root,
}: Pick<Resource, 'uri' | 'root'>): readonly (Pick<Source, 'node' | 'path' | 'key'> & { readonly chart: string })[] {
  return [root.get('spec.source'), ...root.list('spec.sources.*')].flatMap((source) => {
    const folder = source?.text('path');
    if (source === undefined || folder === undefined || source.boolean('helm.ignoreMissingValueFiles') === true) return [];
    return source.list('helm.valueFiles.*').flatMap((node) => {
      const file = node.text();
      if (file === undefined || /^\$|:\/\/|[*{]/.test(file)) return [];
      const path = joined(folder, file);
      return [{ node, path, key: `${uri}|${path}`, chart: `${uri}|${folder}` }];
    });
  });
}

function joined(folder: string, file: string): string {
  const steps: string[] = [];
  for (const step of [...(file.startsWith('/') ? [] : folder.split('/')), ...file.split('/')]) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
