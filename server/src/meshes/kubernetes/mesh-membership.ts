import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import type { Site } from '../../model/resource.js';
import type { Labels } from '../../model/selectors.js';
import { namespaceNamed } from './lookups.js';
import { workloads, type NamespaceFacts, type Workload } from './tables.js';

/** A data plane that pods may be in. */
export type DataPlane = 'istio' | 'istio-ambient' | 'linkerd' | 'consul' | 'kuma';

export const DATA_PLANE_NAMES: Readonly<Record<DataPlane, string>> = {
  istio: 'Istio',
  'istio-ambient': 'Istio ambient',
  linkerd: 'Linkerd',
  consul: 'Consul',
  kuma: 'Kuma',
};

/** That pods of a workload are in a mesh, and what says so. */
export interface Membership {
  readonly plane: DataPlane;
  /** `kuma.io/sidecar-injection: enabled`. */
  readonly marker: string;
  readonly by: 'pod' | 'namespace';
  /** The workload, or its Namespace. */
  readonly site: Site;
}

const NEVER_INJECTED: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/** Meshes that labels and annotations at hand put the pods of a workload in, by `namespace/Kind/name`; what a template hides counts for nothing. */
export const membershipsOf = defineLookup<readonly Membership[]>('kubernetes/membershipsOf', (look, key) => {
  const definition = look.get(workloads, key)[0];
  if (!definition) return [];
  const { namespace } = definition.data;
  const places = namespace === undefined ? [] : look.get(namespaceNamed, namespace);
  return membershipsIn(definition, places.length === 1 && !places[0]!.data.incomplete ? places[0] : undefined);
});

function membershipsIn(definition: Definition<Workload>, place: Definition<NamespaceFacts> | undefined): readonly Membership[] {
  const { labels, annotations, hostNetwork, incomplete, namespace } = definition.data;
  if (hostNetwork || incomplete || (namespace !== undefined && NEVER_INJECTED.includes(namespace))) return [];
  const found: Membership[] = [];
  const add = (plane: DataPlane, by: Membership['by'], holder: Labels, name: string): void => {
    const { resource, range } = by === 'pod' ? definition : place!;
    found.push({ plane, by, marker: `${name}: ${holder[name] ?? ''}`, site: { resource, range } });
  };
  /** The value that decides, the pods' own before the Namespace's. */
  const decide = (plane: DataPlane, name: string, own: Labels, above: Labels | undefined, yes: readonly string[]): void => {
    if (own[name] !== undefined) {
      if (yes.includes(own[name])) add(plane, 'pod', own, name);
    } else if (above?.[name] !== undefined && yes.includes(above[name])) add(plane, 'namespace', above, name);
  };

  const over = place?.data;
  const inject = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (inject === 'true' && labels['sidecar.istio.io/inject'] === 'true') add('istio', 'pod', labels, 'sidecar.istio.io/inject');
  else if (inject !== 'false') {
    if (over?.labels['istio-injection'] === 'enabled') add('istio', 'namespace', over.labels, 'istio-injection');
    else if (over?.labels['istio-injection'] === undefined) {
      if (over?.labels['istio.io/rev']) add('istio', 'namespace', over.labels, 'istio.io/rev');
      else if (labels['istio.io/rev']) add('istio', 'pod', labels, 'istio.io/rev');
    }
  }
  if (found.length === 0) decide('istio-ambient', 'istio.io/dataplane-mode', labels, over?.labels, ['ambient']);
  decide('linkerd', 'linkerd.io/inject', annotations, over?.annotations, ['enabled', 'ingress']);
  decide('consul', 'consul.hashicorp.com/connect-inject', annotations, undefined, ['true', 't', '1', 'True', 'TRUE']);
  if (labels['kuma.io/sidecar-injection'] !== undefined)
    decide('kuma', 'kuma.io/sidecar-injection', labels, undefined, ['enabled', 'true']);
  else if (annotations['kuma.io/sidecar-injection'] !== undefined)
    decide('kuma', 'kuma.io/sidecar-injection', annotations, undefined, ['enabled', 'true']);
  else decide('kuma', 'kuma.io/sidecar-injection', {}, over?.labels, ['enabled', 'true']);
  return found;
}
