import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE, type Resource } from '../../model/resource.js';
import { labelsIn, selects, type Labels } from '../../model/selectors.js';
import { namespaceNamed } from '../kubernetes/lookups.js';
import { podAnnotation, type PodTemplate } from '../kubernetes/pod-templates.js';
import { servicesBySelector, servicesIn, type Service } from '../kubernetes/tables.js';
import { GATEWAY_KIND, goBoolean, INJECT, INJECT_STATUS, SERVICE, SERVICE_IGNORE, TRANSPARENT } from './annotations.js';

/** Namespaces whose pods Consul never touches. */
export const EXCLUDED_NAMESPACES: readonly string[] = [
  'kube-system',
  'kube-public',
  'local-path-storage',
  'openebs',
  'gmp-system',
  'gke-managed-cim',
];

/** Whether pods certainly get a proxy. */
export function isInjected(pods: PodTemplate, byDefault: boolean): boolean {
  if ((podAnnotation(pods, INJECT_STATUS) ?? '') !== '') return false;
  const entry = pods.annotations?.entry(INJECT);
  if (entry === undefined) return byDefault && !pods.metadataOpen;
  const written = entry.value.text();
  return written !== undefined && goBoolean(written) === true;
}

/** Whether pods are those of a gateway, which the chart makes. */
export function isGateway(pods: PodTemplate): boolean {
  return pods.annotations?.entry(GATEWAY_KIND) !== undefined;
}

/** Names that the pods give to their services, of a pod of several ports several. */
export function statedServices(pods: PodTemplate): readonly string[] {
  return (podAnnotation(pods, SERVICE) ?? '')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

/** Whether a template fills in the name of the service. */
export function hidesService(pods: PodTemplate): boolean {
  const value = pods.annotations?.entry(SERVICE)?.value;
  return value?.type === 'scalar' && value.opaque;
}

export function podLabels(pods: PodTemplate): Labels {
  return labelsIn(pods.labels);
}

/** Whether some label of the pods is not known. */
export function hidesLabels(pods: PodTemplate): boolean {
  return pods.metadataOpen || (pods.labels?.entries.some((it) => it.value.type === 'scalar' && it.value.opaque) ?? false);
}

/** Services of a namespace that select pods, by `namespace/` and the labels as JSON; those that Consul is told to ignore left out. */
export const servicesSelecting = defineLookup<readonly Definition<Service>[]>('consul/servicesSelecting', (look, key) => {
  const slash = key.indexOf('/');
  const namespace = key.slice(0, slash);
  const labels = JSON.parse(key.slice(slash + 1)) as Labels;
  const places = namespace === UNKNOWN_NAMESPACE ? [namespace] : [namespace, UNKNOWN_NAMESPACE];
  return places
    .flatMap((place) => Object.entries(labels).flatMap(([label, value]) => look.get(servicesBySelector, `${place}/${label}=${value}`)))
    .filter((it) => selects(it.data.selector ?? {}, labels) && it.data.labels[SERVICE_IGNORE] !== 'true');
});

/** Key of `servicesSelecting` for the pods of a resource. */
export function selectingKey(pods: PodTemplate, resource: Resource): string {
  return `${namespaceKey(resource.namespace)}/${JSON.stringify(podLabels(pods))}`;
}

/** Whether the workspace holds Services of a namespace, so that a missing one would show. */
export const hasServices = defineLookup<boolean>('consul/hasServices', (look, namespace) => look.get(servicesIn, namespace).length > 0);

/** What the label of a Namespace says of transparent proxies there, by its name; undefined: nothing, or it cannot be told. */
export const namespaceTransparency = defineLookup<boolean | undefined>('consul/namespaceTransparency', (look, name) => {
  const [found] = look.get(namespaceNamed, name);
  const written = found?.data.labels[TRANSPARENT];
  return written === undefined ? undefined : goBoolean(written);
});

/** Whether pods are redirected to their proxy: by annotation, else by label of the Namespace, else by default. */
export function isTransparent(pods: PodTemplate, ofNamespace: boolean | undefined, byDefault: boolean): boolean | undefined {
  const entry = pods.annotations?.entry(TRANSPARENT);
  if (entry === undefined) return ofNamespace ?? byDefault;
  const written = entry.value.text();
  return written === undefined ? undefined : goBoolean(written);
}
