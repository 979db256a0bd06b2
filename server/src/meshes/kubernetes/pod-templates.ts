import type { Resource } from '../../model/resource.js';
import type { Range } from '../../text/range.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { hasOpaque, hidesSomething } from './fields.js';

/** Kinds that make pods, and Pod itself, as kinds of rules. */
export const POD_KINDS: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Rollout',
  'Pod',
];

/** The same as `group/Kind`. */
export const QUALIFIED_POD_KINDS: readonly string[] = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/ReplicationController',
  'batch/Job',
  'batch/CronJob',
  'argoproj.io/Rollout',
  '/Pod',
];

/** Pods as a resource writes them: its pod template, or a Pod itself. */
export interface PodTemplate {
  /** Path of the template; empty for a Pod. */
  readonly path: string;
  readonly root: YamlMap;
  readonly labels: YamlMap | undefined;
  readonly annotations: YamlMap | undefined;
  readonly spec: YamlMap | undefined;
  /** A template or a patch may add labels and annotations: absence of one proves nothing. */
  readonly metadataOpen: boolean;
  /** A template or a patch may add containers and ports. */
  readonly specOpen: boolean;
  /** What stands for the pods as a whole: the key of the template, the name of a Pod. */
  readonly place: Range;
}

export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const path = resource.kind === 'Pod' ? '' : resource.kind === 'CronJob' ? 'spec.jobTemplate.spec.template' : 'spec.template';
  const root = path === '' ? resource.root : resource.root.map(path);
  if (root === undefined) return undefined;
  const metadata = root.get('metadata');
  const labels = root.map('metadata.labels');
  const annotations = root.map('metadata.annotations');
  const spec = root.map('spec');
  return {
    path,
    root,
    labels,
    annotations,
    spec,
    metadataOpen: resource.partial || root.partial || hidesKeys(metadata) || hidesKeys(labels) || hidesKeys(annotations),
    specOpen:
      resource.partial ||
      root.partial ||
      spec === undefined ||
      spec.partial ||
      (hidesSomething(resource.root) && spec.list('containers').some(hasOpaque)),
    place: placeOf(resource, path),
  };
}

/** The value of an annotation of the pods; undefined where it is absent or filled in. */
export function podAnnotation(pods: PodTemplate, name: string): string | undefined {
  return pods.annotations?.entry(name)?.value.text();
}

function placeOf({ root }: Resource, path: string): Range {
  const name = root.get('metadata.name') ?? root;
  if (path === '') return name;
  const holder = root.map(path.slice(0, path.lastIndexOf('.')));
  return holder?.entry('template')?.keyRange ?? name;
}

function hidesKeys(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'scalar') return node.opaque;
  return node.type === 'map' && (node.partial || node.entries.some((it) => it.keyOpaque));
}
