import { clusterDomain, externalHosts, ownedNamespaces, world } from '../../index/settings.js';
import { defineLookup, type Lookup, type Lookups, type Table } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { hostsOverlap, serviceHost, serviceOfHost, wildcardsOf } from '../../model/hosts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { selects, selectorText, type Labels } from '../../model/selectors.js';
import { gatewaysNamed as gatewaysOfGatewayApi } from '../gateway-api/lookups.js';
import { named, namespaceNames, pickedWorkloads, splitKey, withUnknown } from '../kubernetes/lookups.js';
import {
  generatedServices,
  servicePorts,
  services,
  servicesByName,
  servicesIn,
  workloadsByLabel,
  type Service,
  type Workload,
} from '../kubernetes/tables.js';
import { coversNamespace } from './hosts.js';
import { defaultExportTo, meshConfig } from './mesh-config.js';
import {
  destinationRules,
  destinationRulesByName,
  eagerVirtualServices,
  gateways,
  gatewaysByName,
  serviceEntriesIn,
  serviceEntryHosts,
  serviceEntryHostsUnder,
  serviceEntryPorts,
  subsets,
  virtualServices,
  virtualServicesByHost,
  virtualServicesByName,
  workloadEntries,
  type DestinationRuleFacts,
  type GatewayFacts,
  type HostPort,
  type ServiceEntryHost,
  type SubsetFacts,
  type VirtualServiceFacts,
  type WorkloadEntryFacts,
} from './tables.js';

/** What makes a host exist. */
export type HostOwner = Definition<Service> | Definition<ServiceEntryHost>;

export function isServiceOwner(owner: HostOwner): owner is Definition<Service> {
  return owner.table === services.name;
}

/** Numbers of the ports that an owner gives its host, in its order. */
export function portsOfOwner(owner: HostOwner): readonly number[] {
  return owner.data.ports.map((port) => port.number).filter((it) => it !== undefined);
}

/** A host as keys hold it, whatever the cluster's domain is called. */
function withDefaultDomain(look: Lookups, host: string): string {
  const suffix = `.svc.${look.get(clusterDomain, '')}`;
  return host.endsWith(suffix) ? `${host.slice(0, -suffix.length)}.svc.cluster.local` : host;
}

/**
 * What a table of hosts holds under a wildcard and the wider ones, narrowest first. Asked for by the narrowest wildcard of a host: those of
 * a namespace share the answer.
 */
function ofWildcards<D>(table: Table<D>): Lookup<readonly Definition<D>[]> {
  return defineLookup(`${table.name}OfWildcards`, (look, wildcard) =>
    [wildcard, ...wildcardsOf(wildcard)].flatMap((it) => look.get(table, it)),
  );
}

/** Service entries of wildcards, by the narrowest one over a host. */
export const serviceEntriesOfWildcards = ofWildcards(serviceEntryHosts);

/** Destination rules of wildcards, by the narrowest one over a host. */
export const destinationRulesOfWildcards = ofWildcards(destinationRules);

/** Virtual services of wildcards, by the narrowest one over a host. */
export const virtualServicesOfWildcards = ofWildcards(virtualServicesByHost);

/** Whether manifests of some ServiceEntries leave their namespace out, so that a short name in them may be anywhere. */
const someServiceEntryLacksNamespace = defineLookup<boolean>(
  'istio/someServiceEntryLacksNamespace',
  (look) => look.get(serviceEntriesIn, UNKNOWN_NAMESPACE).length > 0,
);

/** Everything that makes a host exist, host fully qualified: its Service, or ServiceEntries that name or cover it. */
export const ownersOfHost = defineLookup<readonly HostOwner[]>(
  'istio/ownersOfHost',
  (look, written) => {
    const host = withDefaultDomain(look, written);
    const service = serviceOfHost(host);
    const owners: HostOwner[] = service
      ? [...named(look, `${namespaceKey(service.namespace)}/${service.name}`, services, servicesByName)]
      : [];
    owners.push(...look.get(serviceEntryHosts, host));
    if (service?.namespace !== undefined && look.get(someServiceEntryLacksNamespace))
      owners.push(...look.get(serviceEntryHosts, serviceHost(service.name, undefined)));
    const [wildcard] = wildcardsOf(host);
    if (wildcard !== undefined) owners.push(...look.get(serviceEntriesOfWildcards, wildcard));
    return exported(owners, look.get(defaultExportTo, 'defaultServiceExportTo'));
  },
  {
    of: [services, serviceEntryHosts],
    keysLeadingTo: (definition) => {
      if (definition.table !== services.name) return [definition.key];
      return withUnknown(definition).map((key) => {
        const { namespace, name } = splitKey(key);
        return serviceHost(name, namespace);
      });
    },
  },
);

/** Definitions with the mesh's default where they say nothing of where they are exported to. */
export function exported<D extends Definition<{ readonly exportTo: readonly string[] }>>(
  definitions: readonly D[],
  byDefault: readonly string[],
): readonly D[] {
  if (byDefault.length === 0) return definitions;
  return definitions.map((it) => (it.data.exportTo.length > 0 ? it : { ...it, data: { ...it.data, exportTo: byDefault } }));
}

/**
 * Whether this workspace would show a host, host fully qualified: `external` where a setting says it exists elsewhere, `owned` where the
 * workspace holds the services of its namespace (istio-analyze 2.3), else `unseen`.
 */
export const hostInView = defineLookup<'external' | 'owned' | 'unseen'>('istio/hostInView', (look, written) => {
  const host = withDefaultDomain(look, written);
  if (look.get(externalHosts, '').some((pattern) => hostsOverlap(pattern, host) || hostsOverlap(pattern, written))) return 'external';
  const service = serviceOfHost(host);
  if (!service) return 'unseen';
  if (
    look.get(hasDefaultGateway, '') &&
    service.namespace === look.get(meshConfig, '').rootNamespace &&
    service.name === look.get(meshConfig, '').ingressService
  )
    return 'external';
  const namespace = namespaceKey(service.namespace);
  if ([namespace, UNKNOWN_NAMESPACE].some((it) => look.get(generatedServices, `${it}/${service.name}`).length > 0)) return 'external';
  return look.get(namespaceInView, namespace) ? 'owned' : 'unseen';
});

/** Whether a host is known that a wildcard covers, or one that covers it. */
export const someHostUnder = defineLookup<boolean>('istio/someHostUnder', (look, wildcard) => {
  if (look.get(serviceEntryHostsUnder, wildcard).length > 0) return true;
  if ([wildcard, ...wildcardsOf(wildcard)].some((it) => look.get(serviceEntryHosts, it).length > 0)) return true;
  const host = withDefaultDomain(look, wildcard);
  const namespace = serviceOfHost(host)?.namespace;
  if (namespace !== undefined) return look.get(servicesIn, namespace).length > 0 || look.get(servicesIn, UNKNOWN_NAMESPACE).length > 0;
  return hostsOverlap(host, serviceHost('a', 'b'));
});

/** Whether the workspace holds the services of a namespace, so that a missing one would show; never for `?`, which may be any. */
export const namespaceInView = defineLookup<boolean>('istio/namespaceInView', (look, namespace) => {
  if (look.get(ownedNamespaces, '').some((pattern) => coversNamespace(pattern, namespace))) return true;
  // System namespaces are filled by installers, of which the workspace shows a part at most.
  if (namespace === UNKNOWN_NAMESPACE || namespace.startsWith('kube-') || namespace === look.get(meshConfig, '').rootNamespace)
    return false;
  return look.get(servicesIn, namespace).length > 0 || look.get(serviceEntriesIn, namespace).length > 0;
});

/** The closed world's ingress gateway of a default install, where the workspace has none of its own. (istio-analyze 2.2) */
export const hasDefaultGateway = defineLookup<boolean>('istio/hasDefaultGateway', (look) => {
  if (look.get(world, '') === 'open') return false;
  if (look.get(meshConfig, '').ingressControllerMode === 'OFF') return false;
  return look.get(workloadsByLabel, '*/istio=ingressgateway').length === 0;
});

/** Names of the services in a namespace, sorted; of any namespace for `?`. */
export const serviceNames = defineLookup<readonly string[]>('istio/serviceNames', (look, namespace) =>
  [...new Set(look.get(servicesIn, namespace).map((it) => it.data.name))].sort(),
);

/** Ports of a host, by `host:number`. */
export const portsOfHost = defineLookup(
  'istio/portsOfHost',
  (look, key) => {
    const colon = key.lastIndexOf(':');
    const host = withDefaultDomain(look, key.slice(0, colon));
    const number = key.slice(colon + 1);
    const owners = look.get(ownersOfHost, host);
    return owners.flatMap((owner): readonly Definition<HostPort>[] =>
      isServiceOwner(owner)
        ? look.get(servicePorts, `${namespaceKey(owner.data.namespace)}/${owner.data.name}:${number}`)
        : look.get(serviceEntryPorts, `${owner.data.host}:${number}`),
    );
  },
  {
    of: [servicePorts, serviceEntryPorts],
    keysLeadingTo: ({ table, key }) => {
      if (table !== servicePorts.name) return [key];
      const colon = key.lastIndexOf(':');
      const { namespace, name } = splitKey(key.slice(0, colon));
      return [namespace, UNKNOWN_NAMESPACE].map((it) => `${serviceHost(name, it)}${key.slice(colon)}`);
    },
  },
);

/** Whether some route retries more often than nearly everybody does. An answer of its own, so that edits of such a route wake nobody. */
export const someRouteIsEager = defineLookup<boolean>('istio/someRouteIsEager', (look) => look.get(eagerVirtualServices, '').length > 0);

/** Destination rules that apply to a host, fully qualified: those that name it, else those with a wildcard that covers it. */
export const destinationRulesFor = defineLookup<readonly Definition<DestinationRuleFacts>[]>(
  'istio/destinationRulesFor',
  (look, written) => {
    const host = withDefaultDomain(look, written);
    const byDefault = look.get(defaultExportTo, 'defaultDestinationRuleExportTo');
    const exact = rulesNaming(look, host);
    if (exact.length > 0) return exported(exact, byDefault);
    const [wildcard] = wildcardsOf(host);
    const wider = wildcard === undefined ? [] : look.get(destinationRulesOfWildcards, wildcard);
    return exported(
      wider.filter((it) => it.key === wider[0]!.key),
      byDefault,
    );
  },
  { of: [destinationRules] },
);

function rulesNaming(look: Lookups, host: string): readonly Definition<DestinationRuleFacts>[] {
  const exact = look.get(destinationRules, host);
  if (exact.length > 0) return exact;
  const service = serviceOfHost(host);
  if (!service) return [];
  return service.namespace === undefined
    ? look.get(destinationRulesByName, service.name)
    : look.get(destinationRules, serviceHost(service.name, undefined));
}

/** Definitions of a subset, by `host/subset`, host fully qualified. A wildcard rule's subsets count for every host it covers. */
export const subsetsNamed = defineLookup<readonly Definition<SubsetFacts>[]>(
  'istio/subsetsNamed',
  (look, key) => {
    const slash = key.indexOf('/');
    const subset = key.slice(slash + 1);
    const hosts = new Set(look.get(destinationRulesFor, key.slice(0, slash)).map((it) => it.data.host));
    return [...hosts].flatMap((host) => look.get(subsets, `${host}/${subset}`));
  },
  {
    of: [subsets],
    keysLeadingTo: ({ key }) => {
      const slash = key.indexOf('/');
      const service = serviceOfHost(key.slice(0, slash));
      return service === undefined ? [key] : [key, `${serviceHost(service.name, undefined)}${key.slice(slash)}`];
    },
  },
);

/** Gateways that `namespace/name` may mean. */
export const gatewaysNamed = defineLookup<readonly Definition<GatewayFacts>[]>(
  'istio/gatewaysNamed',
  (look, key) => named(look, key, gateways, gatewaysByName),
  {
    of: [gateways],
    keysLeadingTo: withUnknown,
  },
);

/** Whether anything is a gateway called `namespace/name`: one of Istio's, or of the Gateway API. */
export const gatewayExists = defineLookup<boolean>(
  'istio/gatewayExists',
  (look, key) => look.get(gatewaysNamed, key).length > 0 || look.get(gatewaysOfGatewayApi, key).length > 0,
);

/** Virtual services that `namespace/name` may mean (delegates). */
export const virtualServicesNamed = defineLookup<readonly Definition<VirtualServiceFacts>[]>(
  'istio/virtualServicesNamed',
  (look, key) => named(look, key, virtualServices, virtualServicesByName),
  { of: [virtualServices], keysLeadingTo: withUnknown },
);

/** Workload entries and groups that a selector picks, by `namespace/a=1,b=2`. */
export const pickedWorkloadEntries = defineLookup<readonly Definition<WorkloadEntryFacts>[]>('istio/pickedWorkloadEntries', (look, key) => {
  const { namespace, name: pairs } = splitKey(key);
  const selector: Labels =
    pairs === ''
      ? {}
      : Object.fromEntries(pairs.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const first = Object.entries(selector)[0];
  const posted = look.get(workloadEntries, first ? `${namespace}/${first[0]}=${first[1]}` : `${namespace}/`);
  return posted.filter((it) => selects(selector, it.data.labels));
});

/** Workloads behind a host, fully qualified: what its Services select. Undefined where a Service has no selector, or none is at hand. */
export const workloadsOfHost = defineLookup<readonly Definition<Workload>[] | undefined>('istio/workloadsOfHost', (look, host) => {
  const found: Definition<Workload>[] = [];
  let known = false;
  for (const owner of look.get(ownersOfHost, host)) {
    if (!isServiceOwner(owner)) continue;
    if (owner.data.selector === undefined || owner.data.incomplete) return undefined;
    known = true;
    found.push(...look.get(pickedWorkloads, `${namespaceKey(owner.data.namespace)}/${selectorText(owner.data.selector)}`));
  }
  return known ? found : undefined;
});

/** Names of namespaces that the workspace knows of, sorted: Namespace resources only. */
export { namespaceNames };
