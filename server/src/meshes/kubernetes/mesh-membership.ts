import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import type { Site } from '../../model/resource.js';
import { dataPlanes } from '../data-planes.js';
import type { DataPlane } from './data-plane.js';
import { namespaceNamed } from './lookups.js';
import { workloads, type NamespaceFacts, type Workload } from './tables.js';

/** That pods of a workload are in a mesh, and what says so. */
export interface Membership {
  /** Id of the data plane. */
  readonly plane: string;
  /** `kuma.io/sidecar-injection: enabled`. */
  readonly marker: string;
  readonly by: 'pod' | 'namespace';
  /** The workload, or its Namespace. */
  readonly site: Site;
}

export function dataPlane(id: string): DataPlane {
  return dataPlanes.find((it) => it.id === id)!;
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
  const { hostNetwork, incomplete, namespace } = definition.data;
  if (hostNetwork || incomplete || (namespace !== undefined && NEVER_INJECTED.includes(namespace))) return [];
  return dataPlanes.flatMap((plane): readonly Membership[] => {
    const mark = plane.markOf(definition.data, place?.data);
    if (mark === undefined) return [];
    const { resource, range } = mark.by === 'pod' ? definition : place!;
    return [{ plane: plane.id, by: mark.by, marker: mark.text, site: { resource, range } }];
  });
}
