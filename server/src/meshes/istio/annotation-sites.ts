import type { Resource } from '../../model/resource.js';
import type { YamlMap } from '../../yaml/node.js';
import { annotationSitesIn, type AnnotationSite } from '../kubernetes/annotation-sites.js';
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

/** Words of rules about annotations for kinds of Istio's own, which name it in their `apiVersion` whatever annotations they have. */
export const OWN_KINDS_MENTION: Readonly<Record<string, readonly string[]>> = {
  ServiceEntry: ['annotations'],
  WorkloadEntry: ['annotations'],
  AuthorizationPolicy: ['annotations'],
};

/** Kinds that istioctl looks at, and only at their own metadata. */
const PEER_KINDS: readonly string[] = ['Namespace', 'Service', 'Pod', 'Deployment'];

/** An annotation of Istio's where it is written. */
export interface IstioAnnotationSite extends AnnotationSite {
  readonly seenByPeer: boolean;
}

/** Annotations of Istio's on a resource and on its pod template. */
export function annotationSites(resource: Resource): readonly IstioAnnotationSite[] {
  const { root } = resource;
  if (latest?.root !== root) latest = { root, sites: sitesIn(resource) };
  return latest.sites;
}

/** Those of the tree that was asked about last: half a dozen rules ask one after the other. */
let latest: { readonly root: YamlMap; readonly sites: readonly IstioAnnotationSite[] } | undefined;

const NO_SITES: readonly IstioAnnotationSite[] = [];

function sitesIn(resource: Resource): readonly IstioAnnotationSite[] {
  const sites = annotationSitesIn(resource, (name) => isIstioAnnotation(name) && !UNJUDGED_ANNOTATIONS.includes(name));
  if (sites.length === 0) return NO_SITES;
  return sites.map((site) => ({ ...site, seenByPeer: !site.isTemplate && PEER_KINDS.includes(resource.kind) }));
}
