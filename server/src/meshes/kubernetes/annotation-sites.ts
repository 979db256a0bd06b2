import type { Resource } from '../../model/resource.js';
import type { Range } from '../../text/range.js';
import { keptForLatest } from '../../yaml/latest.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';

/** Where kinds keep the metadata of their pods. */
const TEMPLATES: readonly string[] = ['spec.template', 'spec.jobTemplate.spec.template'];

/** Where the metadata of a resource and of its pods stand. */
const METADATA: readonly string[] = ['metadata', ...TEMPLATES.map((it) => `${it}.metadata`)];

/** An annotation or a label where it is written. */
export interface AnnotationSite {
  readonly name: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
  /** The map that holds it. */
  readonly map: YamlMap;
  /** The metadata around that map. */
  readonly metadata: YamlMap;
  /** What carries it: the resource's kind, or `Pod` for a pod template. */
  readonly carrier: string;
  readonly isTemplate: boolean;
}

/** Annotations (or labels) with wanted names, on a resource and on its pod template. */
export function annotationSitesIn(
  { kind, root }: Resource,
  isWanted: (name: string) => boolean,
  field: 'annotations' | 'labels' = 'annotations',
): readonly AnnotationSite[] {
  const sites: AnnotationSite[] = [];
  for (const { metadata, isTemplate } of metadataIn(root)) {
    const map = metadata.entry(field)?.value;
    if (map?.type !== 'map') continue;
    for (const entry of map.entries) {
      const { key, value } = entry;
      if (entry.keyOpaque || !isWanted(key)) continue;
      sites.push({ name: key, keyRange: entry.keyRange, value, map, metadata, carrier: isTemplate ? 'Pod' : kind, isTemplate });
    }
  }
  return sites;
}

/** The metadata of a resource, and that of its pods: all meshes ask for annotations of their own, one after the other. */
const metadataIn = keptForLatest((root) => {
  const found: { readonly metadata: YamlMap; readonly isTemplate: boolean }[] = [];
  for (const path of METADATA) {
    const metadata = root.map(path);
    if (metadata !== undefined) found.push({ metadata, isTemplate: path !== 'metadata' });
  }
  return found;
});

/** The pod template of a resource, where annotations for pods belong. */
export function podTemplate({ root }: Resource): YamlMap | undefined {
  return TEMPLATES.map((path) => root.map(path)).find((it) => it !== undefined);
}
