import type { Resource } from '../../model/resource.js';
import type { Range } from '../../text/range.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { podTemplateOf } from '../kubernetes/pod-templates.js';
import { isConsulAnnotation } from './annotations.js';

/** An annotation or a label of Consul's where it is written. */
export interface Site {
  readonly name: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
  readonly map: YamlMap;
  /** On pods: in the template, or on a Pod. */
  readonly onPods: boolean;
}

/** Annotations of Consul's on a resource and on its pods. */
export function annotationSites(resource: Resource): readonly Site[] {
  return sitesIn(resource, 'annotations');
}

/** The same of labels. */
export function labelSites(resource: Resource): readonly Site[] {
  return sitesIn(resource, 'labels');
}

function sitesIn(resource: Resource, field: 'annotations' | 'labels'): readonly Site[] {
  const pods = podTemplateOf(resource);
  const own = resource.root.map(`metadata.${field}`);
  const ofPods = pods?.[field];
  return [...entriesOf(own, resource.kind === 'Pod'), ...(ofPods && ofPods !== own ? entriesOf(ofPods, true) : [])];
}

function entriesOf(map: YamlMap | undefined, onPods: boolean): readonly Site[] {
  return (map?.entries ?? []).flatMap(({ key, keyRange, keyOpaque, value }) =>
    keyOpaque || !isConsulAnnotation(key) ? [] : [{ name: key, keyRange, value, map: map!, onPods }],
  );
}
