import { world } from '../../index/settings.js';
import { defineLookup, type Table } from '../../index/tables.js';
import { dataPlanes } from '../data-planes.js';
import { isMeshInUse, namespaceNamed } from '../kubernetes/lookups.js';
import { workloadsByLabel } from '../kubernetes/tables.js';
import {
  allAuthorizationPolicies,
  allGateways,
  allRequestAuthentications,
  authorizationPolicies,
  destinationRulesIn,
  gatewaysIn,
  installedMeshConfigs,
  peerAuthentications,
  requestAuthentications,
  sidecars,
  virtualServicesByGateway,
  virtualServicesIn,
} from './tables.js';

const MESH_LABELS: readonly string[] = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];
const POD_LABELS: readonly string[] = ['sidecar.istio.io/inject', 'istio.io/rev', 'istio.io/dataplane-mode'];

/**
 * Whether anything shows that a namespace (`?`: unknown) is about Istio: its labels, its pods' or resources of Istio in it. Rules about
 * plain Kubernetes resources ask first, since a repository may hold far more than a mesh. Where the files are all there is, they are,
 * unless it is another mesh that is at work in them.
 */
export const namespaceUsesIstio = defineLookup<boolean>('istio/namespaceUsesIstio', (look, namespace) =>
  look.get(world, '') === 'closed' ? !look.get(isOutsideIstio, namespace) : look.get(showsIstio, namespace),
);

const OTHER_SYSTEMS = ['cilium', ...dataPlanes.map((it) => it.system)].filter((it) => it !== 'istio');

/** Whether another mesh is at work, and nothing shows that Istio is, in a namespace or for the whole mesh. */
export const isOutsideIstio = defineLookup<boolean>('istio/isOutsideIstio', (look, namespace) => {
  if (!OTHER_SYSTEMS.some((it) => look.get(isMeshInUse, it)) || look.get(isMeshInUse, 'istio')) return false;
  if (look.get(virtualServicesByGateway, 'mesh').length > 0) return false;
  const ofMesh = [allGateways, allAuthorizationPolicies, allRequestAuthentications, installedMeshConfigs];
  return ofMesh.every((table) => look.get(table as Table<unknown>, '').length === 0) && !look.get(showsIstio, namespace);
});

const showsIstio = defineLookup<boolean>('istio/showsIstio', (look, namespace) => {
  if (look.get(namespaceNamed, namespace).some((it) => MESH_LABELS.some((label) => label in it.data.labels))) return true;
  const ofIstio = [
    virtualServicesIn,
    destinationRulesIn,
    gatewaysIn,
    peerAuthentications,
    authorizationPolicies,
    requestAuthentications,
    sidecars,
  ];
  if (ofIstio.some((table) => look.get(table as Table<unknown>, namespace).length > 0)) return true;
  return look
    .get(workloadsByLabel, `${namespace}/`)
    .some((it) => POD_LABELS.some((label) => label in it.data.labels || label in it.data.annotations));
});
