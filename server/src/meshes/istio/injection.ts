import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import type { Resource, Site } from '../../model/resource.js';
import type { Labels } from '../../model/selectors.js';
import { toJson } from '../../yaml/json.js';
import { parseDocument } from '../../yaml/parse.js';
import { dataPlanes } from '../data-planes.js';
import { isMeshInUse, namespaceNamed, selectedWorkloads } from '../kubernetes/lookups.js';
import { istioConfigMaps, workloads, type NamespaceFacts, type Workload } from '../kubernetes/tables.js';
import { field, text } from './mesh-config.js';
import { isOutsideIstio } from './usage.js';

/** Namespaces whose pods the injector never touches. (istio-analyze 1) */
export const IGNORED_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/** Whether a workload's pods get a proxy, and what decides it. */
export interface Injection {
  /** `unknown`: the files at hand do not tell. */
  readonly state: 'injected' | 'none' | 'ambient' | 'unknown';
  readonly why:
    | 'own-proxy'
    | 'host-network'
    | 'ignored-namespace'
    | 'namespace-label'
    | 'namespace-revision'
    | 'namespace-disabled'
    | 'namespace-unlabelled'
    | 'pod-label'
    | 'pod-annotation'
    | 'pod-revision'
    | 'dataplane-mode'
    | 'namespace-not-at-hand';
  /** The revision that injects; undefined: the default one. */
  readonly revision: string | undefined;
  /** The resource whose label or annotation decides: the workload's or the Namespace's. */
  readonly decidedBy: Site | undefined;
}

/** What the Namespace resources of a name say; undefined where none is at hand or two of them disagree. */
export const namespaceLabels = defineLookup<Definition<NamespaceFacts> | undefined>('istio/namespaceLabels', (look, name) => {
  const found = look.get(namespaceNamed, name);
  const first = found[0];
  const relevant = (it: Definition<NamespaceFacts>): string =>
    ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'].map((label) => it.data.labels[label]).join('|');
  return first && found.every((it) => !it.data.incomplete && relevant(it) === relevant(first)) ? first : undefined;
});

/** Whether labels of a Namespace bring its pods into the mesh. */
export function bringsProxies(labels: Labels): boolean {
  if (labels['istio-injection'] !== undefined) return labels['istio-injection'] === 'enabled';
  return labels['istio.io/rev'] !== undefined || labels['istio.io/dataplane-mode'] === 'ambient';
}

/** Injection of a workload, by `namespace/Kind/name` (istio-analyze 3.7). */
export const injectionOf = defineLookup<Injection>('istio/injectionOf', (look, key) => {
  const definition = look.get(workloads, key)[0];
  if (!definition) return { state: 'unknown', why: 'namespace-not-at-hand', revision: undefined, decidedBy: undefined };
  const { namespace } = definition.data;
  return injection(definition, namespace === undefined ? undefined : look.get(namespaceLabels, namespace));
});

/** The decision itself, for a workload whose Namespace is known or not. */
export function injection(definition: Definition<Workload>, place: Definition<NamespaceFacts> | undefined): Injection {
  const workload = definition.data;
  const pod: Site = { resource: definition.resource, range: definition.data.injectionRange ?? definition.range };
  const { labels, annotations } = workload;
  const decided = (state: Injection['state'], why: Injection['why'], decidedBy: Site | undefined, revision?: string): Injection => ({
    state,
    why,
    revision,
    decidedBy,
  });

  if (workload.containers.some((it) => it.name === 'istio-proxy' && it.image !== '' && it.image !== 'auto'))
    return decided('injected', 'own-proxy', pod);
  if (workload.incomplete) return decided('unknown', 'namespace-not-at-hand', undefined);
  if (workload.hostNetwork) return decided('none', 'host-network', pod);
  if (workload.namespace !== undefined && IGNORED_NAMESPACES.includes(workload.namespace))
    return decided('none', 'ignored-namespace', undefined);

  const inject = labels['sidecar.istio.io/inject'];
  const annotated = annotations['sidecar.istio.io/inject'];
  if (inject === 'false') return decided('none', 'pod-label', pod);
  if (inject === undefined && annotated === 'false') return decided('none', 'pod-annotation', pod);

  if (!place) {
    // Without the Namespace only the pod's own words count.
    const revision = labels['istio.io/rev'];
    if (labels['istio.io/dataplane-mode'] === 'ambient') return decided('ambient', 'dataplane-mode', pod);
    if (inject === 'true') return decided('injected', 'pod-label', pod, revision);
    return decided('unknown', 'namespace-not-at-hand', undefined);
  }
  const site: Site = { resource: place.resource, range: place.data.injectionRange ?? place.range };
  const enabled = place.data.labels['istio-injection'];
  const namespaceRevision = place.data.labels['istio.io/rev'] || undefined;
  const podMode = labels['istio.io/dataplane-mode'];
  const isAmbient = podMode === 'ambient' || (podMode !== 'none' && place.data.labels['istio.io/dataplane-mode'] === 'ambient');
  if (isAmbient && enabled !== 'enabled' && namespaceRevision === undefined && inject !== 'true')
    return decided('ambient', 'dataplane-mode', podMode === 'ambient' ? pod : site);
  if (enabled === 'enabled') return decided('injected', 'namespace-label', site);
  if (enabled !== undefined && enabled !== '') return decided('none', 'namespace-disabled', site);
  if (namespaceRevision !== undefined) return decided('injected', 'namespace-revision', site, namespaceRevision);
  const revision = labels['istio.io/rev'];
  if (revision !== undefined) return decided('injected', 'pod-revision', pod, revision);
  if (inject === 'true') return decided('injected', 'pod-label', pod);
  return decided('none', 'namespace-unlabelled', site);
}

/** Meshes that give pods a proxy of their own, so that Istio has nothing to say of them. */
const OTHER_MESHES = [...new Set(dataPlanes.map((it) => it.system))].filter((it) => it !== 'istio');

/** Whether the pods of a workload, by `namespace/Kind/name`, are for another system to speak of: it is at work, and Istio gives them no proxy. */
export const isOfAnotherMesh = defineLookup<boolean>('istio/isOfAnotherMesh', (look, key) => {
  const { state } = look.get(injectionOf, key);
  if (state !== 'none' && state !== 'unknown') return false;
  return OTHER_MESHES.some((it) => look.get(isMeshInUse, it)) || look.get(isOutsideIstio, key.slice(0, key.indexOf('/')));
});

/** A workload whose pods get no proxy, and why. */
export interface Proxyless {
  readonly workload: Definition<Workload>;
  readonly injection: Injection;
}

/**
 * Workloads that certainly run without sidecar and outside ambient, by the keys of `selectedWorkloads`. Parts of the control plane and
 * namespaces that nobody injects are left out.
 */
export const proxylessWorkloads = defineLookup<readonly Proxyless[]>('istio/proxylessWorkloads', (look, key) => {
  const proxyless: Proxyless[] = [];
  for (const workload of look.get(selectedWorkloads, key)) {
    if (isControlPlane(workload.data.labels)) continue;
    const { namespace } = workload.data;
    const found = injection(workload, namespace === undefined ? undefined : look.get(namespaceLabels, namespace));
    if (found.state === 'none' && found.why !== 'ignored-namespace') proxyless.push({ workload, injection: found });
  }
  return proxyless;
});

/** Whether labels mark a part of Istio itself. (istio-analyze 1) */
export function isControlPlane(labels: Labels): boolean {
  return 'istio' in labels || labels['release'] === 'istio' || labels['app'] === 'istiod';
}

/** Whether a namespace's pods are in ambient by its labels. (istio-analyze 3.6) */
export const isAmbientNamespace = defineLookup<boolean>('istio/isAmbientNamespace', (look, name) => {
  const labels = look.get(namespaceLabels, name)?.data.labels ?? {};
  return labels['istio.io/dataplane-mode'] === 'ambient' && labels['istio-injection'] !== 'enabled' && !labels['istio.io/rev'];
});

/** Whether a workload is in ambient: by its labels, or by the annotation that the CNI leaves on live pods. */
export function isAmbientWorkload(workload: Workload, inAmbientNamespace: boolean): boolean {
  if (workload.annotations['ambient.istio.io/redirection'] === 'enabled') return true;
  const mode = workload.labels['istio.io/dataplane-mode'];
  return mode === undefined ? inAmbientNamespace : mode === 'ambient';
}

/** Whether a controller of Istio made a resource for a Gateway, by its labels. */
export function isIstioManaged(labels: Labels): boolean {
  return isController(labels[MANAGED]);
}

/** The same of a resource as its manifest states it. */
export function isManagedByIstio({ labels }: Resource): boolean {
  return isController(labels.get(MANAGED));
}

const MANAGED = 'gateway.istio.io/managed';

function isController(name: string | undefined): boolean {
  return name !== undefined && /^istio\.io-(gateway|mesh|eastwest)-controller$/.test(name);
}

/** What an injector's ConfigMap says. */
export interface Injector {
  readonly enableNamespacesByDefault: boolean;
  /** Image of the proxy, without a variant; undefined where it cannot be told. */
  readonly image: string | undefined;
  readonly site: Site;
}

/** The injector of a revision (`` and `default`: the default one), from its ConfigMap in any namespace. (istio-analyze 3.7) */
export const injectorOf = defineLookup<Injector | undefined>('istio/injectorOf', (look, revision) => {
  const name = revision === '' || revision === 'default' ? 'istio-sidecar-injector' : `istio-sidecar-injector-${revision}`;
  const map = look.get(istioConfigMaps, '').find((it) => it.data.name === name);
  const written = map?.data.data['values'];
  if (!map || written === undefined) return undefined;
  const root = parseDocument(written).root;
  const values = root === undefined ? {} : toJson(root);
  const global = field(values, 'global');
  const image = text(field(field(global, 'proxy'), 'image'));
  const hub = text(field(global, 'hub'));
  const tag = field(global, 'tag');
  const full =
    image?.includes('/') === true
      ? image
      : image !== undefined && hub !== undefined && tag !== undefined
        ? `${hub}/${image}:${String(tag)}`
        : undefined;
  return {
    enableNamespacesByDefault: field(field(values, 'sidecarInjectorWebhook'), 'enableNamespacesByDefault') === true,
    image: full,
    site: { resource: map.resource, range: map.range },
  };
});
