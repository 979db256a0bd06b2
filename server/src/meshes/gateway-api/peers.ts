import { dataPlanes } from '../data-planes.js';
import { keyOf } from './kinds/shared.js';
import { isService, listenerHolder, type ParentRef } from './references.js';

interface PeerReads {
  /** By `namespace/name`. */
  readonly isGatewayOfAnother: (key: string) => boolean;
  /** By the id of a mesh. */
  readonly isMeshInUse: (mesh: string) => boolean;
}

const OTHER_MESHES = ['cilium', ...dataPlanes.map((it) => it.system)].filter((it) => it !== 'istio');

/** Whether Istio, and so Kiali, may have to do with a route: some parent of it is Istio's, or nobody can tell whose it is. */
export function mayBeIstios(parents: readonly ParentRef[], read: PeerReads): boolean {
  return (
    parents.length === 0 ||
    parents.some((it) => {
      if (isService(it)) return !OTHER_MESHES.some(read.isMeshInUse);
      return listenerHolder(it) !== 'Gateway' || !read.isGatewayOfAnother(keyOf(it));
    })
  );
}
