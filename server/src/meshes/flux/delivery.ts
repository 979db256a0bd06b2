import { namespaceKey, type Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';

/** Kustomizations that one waits for. */
export function dependenciesOf({
  root,
  namespace,
}: Pick<Resource, 'root' | 'namespace'>): readonly { readonly node: YamlNode; readonly name: string; readonly key: string }[] {
  return root.list('spec.dependsOn.*').flatMap((it) => {
    const node = it.get('name');
    const name = node?.text();
    return node === undefined || name === undefined
      ? []
      : [{ node, name, key: `${it.text('namespace') ?? namespaceKey(namespace)}/${name}` }];
  });
}

/** The last step of a path; empty for the root of a repository. */
export function folderName(path: string): string {
  return (
    path
      .split('/')
      .filter((it) => it !== '' && it !== '.')
      .at(-1) ?? ''
  );
}
