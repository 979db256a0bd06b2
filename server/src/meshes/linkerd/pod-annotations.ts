import type { Resource } from '../../model/resource.js';
import { annotationSitesIn, type AnnotationSite } from '../kubernetes/annotation-sites.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';

/** Kinds from which Linkerd reads how proxies are injected and configured. */
export const CONFIGURED_KINDS: readonly string[] = ['Namespace', ...POD_KINDS];

/** Annotations where Linkerd reads them: those of a Namespace, a Pod or a pod template. */
export function sitesRead(resource: Resource, isWanted: (name: string) => boolean): readonly AnnotationSite[] {
  const isOwnRead = !POD_KINDS.includes(resource.kind) || resource.kind === 'Pod';
  return annotationSitesIn(resource, isWanted).filter((it) => it.isTemplate || isOwnRead);
}
