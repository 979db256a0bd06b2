import { firstInFiles } from '../../index/files.js';
import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { gatewaysByName } from '../gateway-api/tables.js';
import { ANY_NAMESPACE, splitKey, withUnknown } from '../kubernetes/lookups.js';
import { services, servicesByName } from '../kubernetes/tables.js';
import { isConsulClass } from './classes.js';
import { ANY, HTTP_PROTOCOLS } from './names.js';
import {
  allProxyDefaults,
  filters,
  gatewayClassConfigs,
  intentionsOf,
  jwtProviders,
  meshServices,
  peers,
  presence,
  routersOf,
  samenessGroups,
  serviceDefaultsOf,
  serviceNames,
  splittersOf,
  subsets,
  type Entry,
  type IntentionFacts,
  type IntentionSource,
} from './tables.js';

/** Whatever makes a service of a name exist, by the name: Services of Kubernetes first. */
export const serviceNamed = defineLookup<readonly Definition[]>(
  'consul/serviceNamed',
  (look, name) => {
    const places = new Set(look.get(servicesByName, name).map((it) => namespaceKey(it.data.namespace)));
    return [
      ...[...places].sort().flatMap((place) => look.get(services, `${place}/${name}`)),
      ...look.get(serviceNames, name),
      ...look.get(gatewaysByName, name).filter((it) => look.get(isConsulClass, it.data.className ?? '')),
    ];
  },
  {
    of: [services, serviceNames, gatewaysByName],
    keysLeadingTo: ({ table, key }) => [table === services.name ? splitKey(key).name : key],
  },
);

/** Whether a name is known as that of a service. */
export const isKnownService = defineLookup<boolean>(
  'consul/isKnownService',
  (look, name) => name === MESH_GATEWAY || look.get(serviceNamed, name).length > 0,
);

/** Name under which the chart registers mesh gateways. */
const MESH_GATEWAY = 'mesh-gateway';

/** Whether anything at hand shows that a service is one of Consul's: an entry, an intention or an annotation. */
export const concernsConsul = defineLookup<boolean>(
  'consul/concernsConsul',
  (look, name) =>
    look.get(routersOf, name).length > 0 ||
    look.get(splittersOf, name).length > 0 ||
    look.get(intentionsOf, name).length > 0 ||
    look.get(serviceNames, name).length > 0,
);

/** Whether services are at hand at all, so that a missing one would show. */
export const servicesInView = defineLookup<boolean>('consul/servicesInView', (look) => look.get(presence, '').length > 0);

/** Subsets by `service/subset`. */
export const subsetNamed = defineLookup('consul/subsetNamed', (look, key) => look.get(subsets, key), { of: [subsets] });
/** Providers of tokens by name. */
export const jwtProviderNamed = defineLookup('consul/jwtProviderNamed', (look, name) => look.get(jwtProviders, name), {
  of: [jwtProviders],
});
/** Peers by name. */
export const peerNamed = defineLookup('consul/peerNamed', (look, name) => look.get(peers, name), { of: [peers] });
/** Sameness groups by name. */
export const samenessGroupNamed = defineLookup('consul/samenessGroupNamed', (look, name) => look.get(samenessGroups, name), {
  of: [samenessGroups],
});
/** Configurations of gateway classes by name. */
export const gatewayClassConfigNamed = defineLookup('consul/gatewayClassConfigNamed', (look, name) => look.get(gatewayClassConfigs, name), {
  of: [gatewayClassConfigs],
});

/** Filters that `Kind/namespace/name` may mean. */
export const filterNamed = defineLookup<readonly Definition<Entry>[]>(
  'consul/filterNamed',
  (look, key) => {
    const { namespace: kind, name: rest } = splitKey(key);
    const { namespace, name } = splitKey(rest);
    const exact = look.get(filters, key);
    if (exact.length > 0) return exact;
    return look.get(filters, `${kind}/${namespace === UNKNOWN_NAMESPACE ? ANY_NAMESPACE : UNKNOWN_NAMESPACE}/${name}`);
  },
  {
    of: [filters],
    keysLeadingTo: ({ key }) => {
      const [kind = '', , name = ''] = key.split('/');
      return [key, `${kind}/${UNKNOWN_NAMESPACE}/${name}`];
    },
  },
);

/** Services of peers that `namespace/name` may mean. */
export const meshServiceNamed = defineLookup<readonly Definition<Entry>[]>(
  'consul/meshServiceNamed',
  (look, key) => {
    const exact = look.get(meshServices, key);
    const { namespace, name } = splitKey(key);
    if (exact.length > 0) return exact;
    return look.get(meshServices, `${namespace === UNKNOWN_NAMESPACE ? ANY_NAMESPACE : UNKNOWN_NAMESPACE}/${name}`);
  },
  { of: [meshServices], keysLeadingTo: withUnknown },
);

/** The protocol of a service, and what says so. */
export interface Protocol {
  /** Undefined: a template fills it in. */
  readonly name: string | undefined;
  /** Undefined: nothing says so, and without a word it is tcp. */
  readonly decidedBy: Definition<Entry> | undefined;
}

/**
 * The protocol of a service. A ServiceDefaults decides alone, and without a protocol in it the service is tcp: the global protocol of
 * ProxyDefaults is for services without one.
 */
export const protocolOf = defineLookup<Protocol>('consul/protocolOf', (look, service) => {
  const [own] = look.get(serviceDefaultsOf, service);
  if (own) return { name: own.data.protocol === '' ? 'tcp' : own.data.protocol, decidedBy: own };
  const [global] = look.get(allProxyDefaults, '');
  if (!global || global.data.protocol === '') return { name: 'tcp', decidedBy: undefined };
  return { name: global.data.protocol, decidedBy: global };
});

/** Whether Consul sees requests of a protocol; true where nobody can tell. */
export function isHttp(protocol: string | undefined): boolean {
  return protocol === undefined || HTTP_PROTOCOLS.includes(protocol);
}

/** The intention that decides a pair, and how. */
export interface Decision {
  readonly intention: Definition<IntentionFacts>;
  readonly source: IntentionSource;
  readonly allows: boolean;
}

/**
 * What decides whether one service may call another, by `source>destination`: the more exact intention, wherever it stands; undefined
 * where none is for the pair, so that the default of the ACLs holds. `hidden`: one of them is filled in by a template.
 */
export const decisionOn = defineLookup<Decision | 'hidden' | undefined>('consul/decisionOn', (look, key) => {
  const [source = '', destination = ''] = key.split('>');
  for (const [to, from] of [
    [destination, source],
    [destination, ANY],
    [ANY, source],
    [ANY, ANY],
  ] as const) {
    for (const intention of look.get(intentionsOf, to)) {
      if (intention.data.incomplete) return 'hidden';
      const found = intention.data.sources.find((it) => it.name === from && it.peer === '' && it.samenessGroup === '');
      if (found)
        return { intention, source: found, allows: found.action === 'allow' || (found.action === 'permissions' && found.mayAllow) };
    }
  }
  return undefined;
});

/** The intention by which nobody may call anybody, where there is one. */
export const defaultDeny = defineLookup<Definition<IntentionFacts> | undefined>('consul/defaultDeny', (look) =>
  look
    .get(intentionsOf, ANY)
    .find((it) => it.data.sources.some((source) => source.name === ANY && source.peer === '' && source.action === 'deny')),
);

/** The definition that stands first, where a resource has another one of them; undefined where its own is the first. */
export function earlierOne<D>(
  found: readonly Definition<D>[],
  resource: string,
  resourcesOf: (uri: string) => readonly Definition<null>[],
): Definition<D> | undefined {
  if (!found.some((it) => it.resource === resource)) return undefined;
  const first = firstInFiles(found, resourcesOf);
  return first?.resource === resource ? undefined : first;
}
