import type { Resource } from '../../model/resource.js';
import type { Range } from '../../text/range.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { isIstioAnnotation, UNJUDGED_ANNOTATIONS } from './annotations.js';

/** Kinds whose annotations are looked at, as kinds of rules. */
export const ANNOTATED_KINDS: readonly string[] = [
  'Namespace',
  'Service',
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Rollout',
  'Ingress',
  'ServiceEntry',
  'WorkloadEntry',
  'AuthorizationPolicy',
];

/** Kinds that istioctl looks at, and only at their own metadata. */
const PEER_KINDS: readonly string[] = ['Namespace', 'Service', 'Pod', 'Deployment'];

/** Where kinds keep the metadata of their pods. */
const TEMPLATES: readonly string[] = ['spec.template', 'spec.jobTemplate.spec.template'];

/** An annotation of Istio's where it is written. */
export interface AnnotationSite {
  readonly name: string;
  readonly keyRange: Range;
  readonly value: YamlNode;
  readonly map: YamlMap;
  /** What carries it: the resource's kind, or `Pod` for a pod template. */
  readonly carrier: string;
  readonly isTemplate: boolean;
  /** Labels beside it. */
  readonly labels: ReadonlyMap<string, string>;
  readonly seenByPeer: boolean;
}

/** Annotations of Istio's on a resource and on its pod template. */
export function annotationSites({ kind, root }: Resource): readonly AnnotationSite[] {
  const sites: AnnotationSite[] = [];
  for (const path of ['', ...TEMPLATES]) {
    const metadata = root.map(path === '' ? 'metadata' : `${path}.metadata`);
    const map = metadata?.map('annotations');
    for (const { key, keyRange, keyOpaque, value } of map?.entries ?? []) {
      if (keyOpaque || !isIstioAnnotation(key) || UNJUDGED_ANNOTATIONS.includes(key)) continue;
      sites.push({
        name: key,
        keyRange,
        value,
        map: map!,
        carrier: path === '' ? kind : 'Pod',
        isTemplate: path !== '',
        labels: metadata!.map('labels')?.texts() ?? new Map<string, string>(),
        seenByPeer: path === '' && PEER_KINDS.includes(kind),
      });
    }
  }
  return sites;
}

/** The pod template of a resource, where annotations for pods belong. */
export function podTemplate({ root }: Resource): YamlMap | undefined {
  return TEMPLATES.map((path) => root.map(path)).find((it) => it !== undefined);
}
