import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import type { Site } from '../../model/resource.js';
import type { Labels } from '../../model/selectors.js';
import { namespaceNamed } from '../kubernetes/lookups.js';
import { workloads, type NamespaceFacts, type Workload } from '../kubernetes/tables.js';
import { controlPlane } from './control-plane.js';
import { DEFAULT_MESH, INJECTION_LABEL, MESH_LABEL } from './names.js';

/** Whether a workload's pods get a sidecar, and what decides it. */
export interface Injection {
  /** `unknown`: the files at hand do not tell. */
  readonly state: 'injected' | 'none' | 'unknown';
  readonly why:
    | 'own-sidecar'
    | 'exempt'
    | 'pod-label'
    | 'namespace-label'
    | 'namespace-unlabeled'
    | 'webhook-not-called'
    | 'ignored'
    | 'system-namespace'
    | 'not-at-hand';
  readonly decidedBy: Site | undefined;
}

const ENABLING = ['enabled', 'true', 'yes'];
const DISABLING = ['disabled', 'false', 'no'];

export function isEnabling(value: string | undefined): boolean {
  return value !== undefined && ENABLING.includes(value);
}

/** Every value that the label takes; `yes` and `no` are on their way out. */
export const INJECTION_VALUES: readonly string[] = [...ENABLING, ...DISABLING];
export const OLD_INJECTION_VALUES: readonly string[] = ['yes', 'no'];

/** Pods that OpenShift runs to build and deploy. */
const EXEMPT_LABELS = ['openshift.io/build.name', 'openshift.io/deployer-pod-for.name'];

/** The Namespace resource of a name; undefined where none is at hand, or two disagree on what Kuma reads. */
export const namespaceAtHand = defineLookup<Definition<NamespaceFacts> | undefined>('kuma/namespaceAtHand', (look, name) => {
  const found = look.get(namespaceNamed, name);
  const first = found[0];
  const read = ({ data }: Definition<NamespaceFacts>): string =>
    [data.labels[INJECTION_LABEL], data.labels[MESH_LABEL], data.annotations[MESH_LABEL]].join('|');
  return first && found.every((it) => !it.data.incomplete && read(it) === read(first)) ? first : undefined;
});

/** Injection of a workload, by `namespace/Kind/name`. */
export const injectionOf = defineLookup<Injection>('kuma/injectionOf', (look, key) => {
  const definition = look.get(workloads, key)[0];
  if (!definition) return { state: 'unknown', why: 'not-at-hand', decidedBy: undefined };
  const { namespace } = definition.data;
  if (namespace === look.get(controlPlane).systemNamespace) return { state: 'none', why: 'system-namespace', decidedBy: undefined };
  return injection(definition, namespace === undefined ? undefined : look.get(namespaceAtHand, namespace));
});

function injection(definition: Definition<Workload>, place: Definition<NamespaceFacts> | undefined): Injection {
  const { labels, annotations, containers, incomplete } = definition.data;
  const pod: Site = { resource: definition.resource, range: definition.range };
  if (containers.some((it) => it.name === 'kuma-sidecar')) return { state: 'injected', why: 'own-sidecar', decidedBy: pod };
  if (incomplete) return { state: 'unknown', why: 'not-at-hand', decidedBy: undefined };
  if (EXEMPT_LABELS.some((it) => it in labels)) return { state: 'none', why: 'exempt', decidedBy: pod };
  if (isEnabling(annotations['kuma.io/ignore'])) return { state: 'none', why: 'ignored', decidedBy: pod };
  const own = labels[INJECTION_LABEL];
  const site: Site | undefined = place && { resource: place.resource, range: place.range };
  if (place && !(INJECTION_LABEL in place.data.labels))
    return { state: 'none', why: isEnabling(own) ? 'webhook-not-called' : 'namespace-unlabeled', decidedBy: site };
  if (own !== undefined) {
    // Without the Namespace nobody knows whether the webhook is called at all; that it is not is a problem of its own.
    if (isEnabling(own)) return { state: 'injected', why: 'pod-label', decidedBy: pod };
    return DISABLING.includes(own)
      ? { state: 'none', why: 'pod-label', decidedBy: pod }
      : { state: 'unknown', why: 'pod-label', decidedBy: pod };
  }
  if (!place) return { state: 'unknown', why: 'not-at-hand', decidedBy: undefined };
  const given = place.data.labels[INJECTION_LABEL];
  if (isEnabling(given)) return { state: 'injected', why: 'namespace-label', decidedBy: site };
  return { state: DISABLING.includes(given ?? '') ? 'none' : 'unknown', why: 'namespace-label', decidedBy: site };
}

/** The mesh of a workload, by `namespace/Kind/name`; undefined where the files at hand do not tell. */
export const meshOfWorkload = defineLookup<string | undefined>('kuma/meshOfWorkload', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  if (!workload) return undefined;
  const place = workload.namespace === undefined ? undefined : look.get(namespaceAtHand, workload.namespace)?.data;
  const readsAnnotations = look.get(controlPlane).version === '2.14';
  const said = (it: { readonly labels: Labels; readonly annotations: Labels }): string | undefined =>
    it.labels[MESH_LABEL] ?? (readsAnnotations ? it.annotations[MESH_LABEL] : undefined);
  const own = said(workload);
  if (own !== undefined) return own;
  if (workload.incomplete || (workload.namespace !== undefined && place === undefined)) return undefined;
  return (place && said(place)) ?? DEFAULT_MESH;
});
