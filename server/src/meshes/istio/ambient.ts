import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, type Resource } from '../../model/resource.js';
import { selectorText, type Labels } from '../../model/selectors.js';
import type { YamlNode } from '../../yaml/node.js';
import type { Service, Workload } from '../kubernetes/tables.js';
import { namespaceLabels } from './injection.js';
import { labelsAt } from './kinds/shared.js';
import { selectorPath } from './selection.js';

const USE_WAYPOINT = 'istio.io/use-waypoint';
const MODE = 'istio.io/dataplane-mode';

/** Whether a namespace's label puts its pods into ambient, whatever else it says. */
export const isLabelledAmbient = defineLookup<boolean>(
  'istio/isLabelledAmbient',
  (look, namespace) => look.get(namespaceLabels, namespace)?.data.labels[MODE] === 'ambient',
);

/** Whether a namespace's traffic goes through a waypoint, by its label. */
export const isNamespaceEnrolled = defineLookup<boolean>('istio/isNamespaceEnrolled', (look, namespace) => {
  const waypoint = look.get(namespaceLabels, namespace)?.data.labels[USE_WAYPOINT];
  return isWaypointName(waypoint);
});

/** Whether labels enroll something in a waypoint; its own label goes before the namespace's. */
export function isEnrolled(labels: Labels, inEnrolledNamespace: boolean): boolean {
  const own = labels[USE_WAYPOINT];
  return own === undefined ? inEnrolledNamespace : isWaypointName(own);
}

export function isWaypointName(name: string | undefined): boolean {
  return name !== undefined && name !== '' && name !== 'none';
}

/** Whether a policy looks at requests, which only a waypoint can do in ambient. (kiali-checks 2.4) */
export function needsWaypoint({ kind, root }: Resource): boolean {
  switch (kind) {
    case 'AuthorizationPolicy':
      return (
        has(root, 'spec.rules.*.to.*.operation', ['methods', 'notMethods', 'paths', 'notPaths', 'hosts', 'notHosts']) ||
        has(root, 'spec.rules.*.from.*.source', ['requestPrincipals', 'notRequestPrincipals']) ||
        root
          .list('spec.rules.*.when.*.key')
          .some((it) => /^request\.(headers|auth\.(claims|principal|audiences|presenter))/.test(it.text() ?? ''))
      );
    case 'Telemetry':
      return (
        root.list('spec.tracing.*').length > 0 ||
        root.list('spec.accessLogging.*').length > 0 ||
        root.list('spec.metrics.*.overrides.*').length > 0
      );
    default:
      return true;
  }
}

function has(root: YamlNode, path: string, fields: readonly string[]): boolean {
  return root.list(path).some((it) => fields.some((field) => it.listIn(field).length > 0));
}

/** What `unservedTarget` looks up, as a rule's `reads` give it. */
export interface WaypointReads {
  readonly isNamespaceEnrolled: (namespace: string) => boolean;
  readonly services: (key: string) => readonly Definition<Service>[];
  readonly pickedWorkloads: (key: string) => readonly Definition<Workload>[];
}

/** What a policy attaches to that no waypoint serves; undefined where all it attaches to is served, or something else decides. */
export function unservedTarget(resource: Resource, read: WaypointReads): string | undefined {
  const { root } = resource;
  const namespace = namespaceKey(resource.namespace);
  const enrolled = read.isNamespaceEnrolled(namespace);
  const targets = [...root.list('spec.targetRef'), ...root.list('spec.targetRefs.*')];
  const targetServices = targets
    .filter((it) => it.text('kind') === 'Service' && ['', 'core', undefined].includes(it.text('group')))
    .flatMap((it) => read.services(`${namespace}/${it.text('name') ?? ''}`));
  if (targetServices.length > 0) {
    const service = targetServices.find((it) => !isEnrolled(it.data.labels, enrolled));
    return service && `Service "${service.data.name}"`;
  }
  if (targets.length > 0 && targets.every((it) => it.text('kind') === 'Service')) return undefined; // Services that are elsewhere
  const selector = labelsAt(root, selectorPath(resource.kind)) ?? {};
  if (Object.keys(selector).length === 0) return enrolled ? undefined : `"${namespace}"`;
  const selected = read
    .pickedWorkloads(`${namespace}/${selectorText(selector)}`)
    .filter((it) => !('gateway.networking.k8s.io/gateway-name' in it.data.labels));
  const inAmbient = selected.filter((it) => it.data.labels[MODE] !== 'none');
  if (selected.length > 0 && inAmbient.length === 0) return undefined;
  if (selected.length === 0) return enrolled ? undefined : `"${namespace}"`;
  const workload = inAmbient.find((it) => !isEnrolled(it.data.labels, enrolled));
  return workload && `"${workload.data.name}"`;
}

/** Whether labels put a workload into ambient, whatever asks for a sidecar. */
export function isAmbientByLabel(workload: Workload, inAmbientNamespace: boolean): boolean {
  const mode = workload.labels[MODE];
  return mode === 'ambient' || (inAmbientNamespace && mode !== 'none');
}

/** Whether a waypoint serves one of the Services. */
export function someServiceEnrolled(of: readonly { readonly data: Service }[]): boolean {
  return of.some((it) => isWaypointName(it.data.labels[USE_WAYPOINT]));
}
