import type { Definition } from '../../model/facts.js';
import { serviceOfHost } from '../../model/hosts.js';
import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import type { Service } from '../kubernetes/tables.js';
import { canonicalHost } from './hosts.js';
import { isServiceOwner, type HostOwner } from './lookups.js';

/** Hosts whose requests a VirtualService or DestinationRule looks into, which only a waypoint does in ambient; none where it does not. (kiali-checks 2.4) */
export function requestHostsOf({ kind, root }: Resource): readonly YamlNode[] {
  if (kind === 'DestinationRule') return looksAtRequests(root) ? root.list('spec.host') : [];
  const gateways = root.list('spec.gateways.*');
  if (gateways.length > 0 && !gateways.some((it) => it.text() === 'mesh')) return [];
  return root.list('spec.http.*').length + root.list('spec.tls.*').length > 0 ? root.list('spec.hosts.*') : [];
}

function looksAtRequests(root: YamlNode): boolean {
  return [...root.list('spec.trafficPolicy'), ...root.list('spec.subsets.*.trafficPolicy')].some((policy) =>
    [
      'loadBalancer.consistentHash.httpHeaderName',
      'loadBalancer.consistentHash.httpCookie',
      'connectionPool.http',
      'outlierDetection',
    ].some((path) => policy.has(path)),
  );
}

/** The Service that a host means, where its namespace is in ambient. */
export function ambientServiceOf(
  node: YamlNode,
  resource: Resource,
  read: { readonly ownersOfHost: (host: string) => readonly HostOwner[]; readonly isLabelledAmbient: (namespace: string) => boolean },
): Definition<Service> | undefined {
  const written = node.text();
  if (written === undefined || written === '') return undefined;
  const host = canonicalHost(written, resource.namespace);
  const place = serviceOfHost(host)?.namespace;
  if (place !== undefined && !read.isLabelledAmbient(place)) return undefined;
  const service = read.ownersOfHost(host).find(isServiceOwner);
  return service?.data.namespace !== undefined && read.isLabelledAmbient(service.data.namespace) ? service : undefined;
}
