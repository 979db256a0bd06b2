import { namespaceKey, type Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';

/** Kustomizations or HelmReleases that one waits for. */
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

/** A source that a Kustomization or a HelmRelease takes from. */
export interface SourceReference {
  readonly node: YamlNode;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

export function sourceOf({ root, namespace }: Pick<Resource, 'root' | 'namespace'>): SourceReference | undefined {
  for (const path of ['spec.sourceRef', 'spec.chart.spec.sourceRef', 'spec.chartRef']) {
    const node = root.get(`${path}.name`);
    const name = node?.text();
    const kind = root.text(`${path}.kind`) ?? (path === 'spec.sourceRef' ? 'GitRepository' : undefined);
    if (node === undefined || name === undefined || kind === undefined) continue;
    return { node, kind, name, namespace: root.text(`${path}.namespace`) ?? namespaceKey(namespace) };
  }
  return undefined;
}

/** A path of the repository: the folder that a Kustomization applies, or the chart that a HelmRelease installs. */
export function pathOf({ root, kind }: Pick<Resource, 'root' | 'kind'>): YamlNode | undefined {
  if (kind !== 'HelmRelease') return root.get('spec.path');
  const chart = root.get('spec.chart.spec.chart');
  // Of a repository of charts it is a name.
  return /^\.{0,2}\//.test(chart?.text() ?? '') && root.text('spec.chart.spec.sourceRef.kind') !== 'HelmRepository' ? chart : undefined;
}
