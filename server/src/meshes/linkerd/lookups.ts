import { ownedNamespaces } from '../../index/settings.js';
import { defineLookup, type Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { serviceHost } from '../../model/hosts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { selectorText } from '../../model/selectors.js';
import { matches } from '../kubernetes/label-selectors.js';
import { named, pickedWorkloads, splitKey, withUnknown } from '../kubernetes/lookups.js';
import { servicesIn, workloads, type Workload } from '../kubernetes/tables.js';
import { linkerdConfig } from './settings.js';
import {
  egressNetworks,
  egressNetworksByName,
  externalWorkloadsIn,
  kindsAtHand,
  meshTlsAuthentications,
  meshTlsByName,
  networkAuthentications,
  networkAuthenticationsByName,
  routes,
  routesByName,
  servers,
  serversByName,
  serversIn,
  serviceProfiles,
  type EgressNetworkFacts,
  type ExternalWorkloadFacts,
  type MeshTlsFacts,
  type NetworkFacts,
  type RouteFacts,
  type ServerFacts,
  type ServiceProfileFacts,
} from './tables.js';

/** Servers that `namespace/name` may mean. */
export const serversNamed = defineLookup<readonly Definition<ServerFacts>[]>(
  'linkerd/serversNamed',
  (look, key) => named(look, key, servers, serversByName),
  { of: [servers], keysLeadingTo: withUnknown },
);

/** MeshTLSAuthentications that `namespace/name` may mean. */
export const meshTlsNamed = defineLookup<readonly Definition<MeshTlsFacts>[]>(
  'linkerd/meshTlsNamed',
  (look, key) => named(look, key, meshTlsAuthentications, meshTlsByName),
  { of: [meshTlsAuthentications], keysLeadingTo: withUnknown },
);

/** NetworkAuthentications that `namespace/name` may mean. */
export const networkAuthenticationsNamed = defineLookup<readonly Definition<NetworkFacts>[]>(
  'linkerd/networkAuthenticationsNamed',
  (look, key) => named(look, key, networkAuthentications, networkAuthenticationsByName),
  { of: [networkAuthentications], keysLeadingTo: withUnknown },
);

/** EgressNetworks that `namespace/name` may mean. */
export const egressNetworksNamed = defineLookup<readonly Definition<EgressNetworkFacts>[]>(
  'linkerd/egressNetworksNamed',
  (look, key) => named(look, key, egressNetworks, egressNetworksByName),
  { of: [egressNetworks], keysLeadingTo: withUnknown },
);

/** Routes that `group/Kind/namespace/name` may mean. */
export const routesNamed = defineLookup<readonly Definition<RouteFacts>[]>(
  'linkerd/routesNamed',
  (look, key) => {
    const exact = look.get(routes, key);
    if (exact.length > 0) return exact;
    const [group = '', kind = '', namespace = '', name = ''] = key.split('/');
    const at = (place: string): string => `${group}/${kind}/${place}/${name}`;
    if (namespace !== UNKNOWN_NAMESPACE) return look.get(routes, at(UNKNOWN_NAMESPACE));
    const places = new Set(look.get(routesByName, `${group}/${kind}/${name}`).map((it) => namespaceKey(it.data.namespace)));
    return [...places].sort().flatMap((place) => look.get(routes, at(place)));
  },
  {
    of: [routes],
    keysLeadingTo: ({ key }) => {
      const [group = '', kind = '', , name = ''] = key.split('/');
      return [key, `${group}/${kind}/${UNKNOWN_NAMESPACE}/${name}`];
    },
  },
);

/** Whether a kind, as `group/Kind`, has a resource at hand, so that a missing one of it would show. */
export const isKindAtHand = defineLookup<boolean>('linkerd/isKindAtHand', (look, kind) => look.get(kindsAtHand, kind).length > 0);

/** Whether the workspace holds Services of a namespace, so that a missing one would show. */
export const hasServicesOf = defineLookup<boolean>(
  'linkerd/hasServicesOf',
  (look, namespace) =>
    look.get(servicesIn, namespace).length > 0 || look.get(ownedNamespaces, '').some((pattern) => covers(pattern, namespace)),
);

function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** Workloads that a Server picks, by `namespace/name` of the Server; none for one about ExternalWorkloads. */
export const workloadsOfServer = defineLookup<readonly Definition<Workload>[]>('linkerd/workloadsOfServer', (look, key) =>
  look.get(servers, key).flatMap(({ data }) => pickedBy(look, data)),
);

function pickedBy(look: Lookups, { podSelector, namespace }: ServerFacts): readonly Definition<Workload>[] {
  if (podSelector === undefined) return [];
  return look
    .get(pickedWorkloads, `${namespaceKey(namespace)}/${selectorText(podSelector.matchLabels)}`)
    .filter((it) => matches({ ...podSelector, matchLabels: {} }, it.data.labels));
}

/** ExternalWorkloads that a Server picks, by `namespace/name` of the Server. */
export const externalWorkloadsOfServer = defineLookup<readonly Definition<ExternalWorkloadFacts>[]>(
  'linkerd/externalWorkloadsOfServer',
  (look, key) =>
    look.get(servers, key).flatMap(({ data: { externalSelector, namespace } }) => {
      if (externalSelector === undefined) return [];
      return look.get(externalWorkloadsIn, namespaceKey(namespace)).filter((it) => matches(externalSelector, it.data.labels));
    }),
);

/** Servers that pick a workload, by the key of the workload; those of equal ports too, the one that rules first. */
export const serversOfWorkload = defineLookup<readonly Definition<ServerFacts>[]>('linkerd/serversOfWorkload', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  if (!workload) return [];
  const places = workload.namespace === undefined ? [UNKNOWN_NAMESPACE] : [workload.namespace, UNKNOWN_NAMESPACE];
  return places
    .flatMap((place) => look.get(serversIn, place))
    .filter(({ data }) => data.podSelector !== undefined && matches(data.podSelector, workload.labels))
    .sort((a, b) => (a.data.name < b.data.name ? -1 : 1));
});

/** Servers that pick an ExternalWorkload, by `namespace/name`, the one that rules first. */
export const serversOfExternal = defineLookup<readonly Definition<ServerFacts>[]>('linkerd/serversOfExternal', (look, key) => {
  const { namespace, name } = splitKey(key);
  const external = look.get(externalWorkloadsIn, namespace).find((it) => it.data.name === name)?.data;
  if (!external) return [];
  return [...new Set([namespace, UNKNOWN_NAMESPACE])]
    .flatMap((place) => look.get(serversIn, place))
    .filter(({ data }) => data.externalSelector !== undefined && matches(data.externalSelector, external.labels))
    .sort((a, b) => (a.data.name < b.data.name ? -1 : 1));
});

/** Ports that the injected proxy brings, by name. */
export const PROXY_PORTS: Readonly<Record<string, number>> = { 'linkerd-proxy': 4143, 'linkerd-admin': 4191 };

/** Numbers of the ports of a workload that a Server is about; a number counts whether a container states it or not. */
export function portsOfServer({ port }: Pick<ServerFacts, 'port'>, workload: Pick<Workload, 'containers'>): readonly number[] {
  if (typeof port === 'number') return [port];
  if (port !== undefined && Object.hasOwn(PROXY_PORTS, port)) return [PROXY_PORTS[port]!];
  const named = workload.containers.flatMap((it) => it.ports.filter((found) => found.name === port && found.protocol === 'TCP'));
  return [...new Set(named.flatMap((it) => it.number ?? []))];
}

/** Numbers of the ports of an ExternalWorkload that a Server is about. */
export function portsOfExternal({ port }: Pick<ServerFacts, 'port'>, { ports }: Pick<ExternalWorkloadFacts, 'ports'>): readonly number[] {
  if (typeof port === 'number') return [port];
  return [...new Set(ports.flatMap((it) => (it.name === port && it.protocol === 'TCP' && it.number !== undefined ? [it.number] : [])))];
}

/** ServiceProfiles of a Service, by `namespace/name`, that set routes or overrides: they win over everything else that is said of it. */
export const rulingProfilesOf = defineLookup<readonly Definition<ServiceProfileFacts>[]>('linkerd/rulingProfilesOf', (look, key) => {
  const { namespace, name } = splitKey(key);
  if (namespace === UNKNOWN_NAMESPACE) return [];
  return look
    .get(serviceProfiles, serviceHost(name, namespace, look.get(linkerdConfig, '').clusterDomain))
    .filter((it) => it.data.routes + it.data.overrides > 0);
});
