import { settings } from '../../index/settings.js';
import { defineLookup, type Lookups, type Table } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { selects, type Labels } from '../../model/selectors.js';
import { matches } from './label-selectors.js';
import {
  accountsByName,
  allNamespaces,
  meshSigns,
  namespaces,
  networkPolicies,
  secrets,
  secretsByName,
  serviceAccounts,
  services,
  servicesByName,
  servicesBySelector,
  servicesIn,
  workloads,
  workloadsByLabel,
  type Named,
  type NetworkPolicyFacts,
  type Service,
  type Workload,
} from './tables.js';

/** Every namespace, in keys that take a selector or a name. */
export const ANY_NAMESPACE = '*';

/**
 * Workloads that a selector picks, by `namespace/a=1,b=2` (pairs sorted, see selectorText); `*` for any namespace, `?` for those
 * whose namespace nobody tells. An empty selector picks all. Scans the shortest posting list only.
 */
export const selectedWorkloads = defineLookup<readonly Definition<Workload>[]>(
  'kubernetes/selectedWorkloads',
  (look, key) => {
    const slash = key.indexOf('/');
    const namespace = key.slice(0, slash);
    const pairs = key.slice(slash + 1);
    if (pairs === '') return look.get(workloadsByLabel, `${namespace}/`);
    const selector: Labels = Object.fromEntries(
      pairs.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
    let shortest: readonly Definition<Workload>[] | undefined;
    for (const pair of pairs.split(',')) {
      const posted = look.get(workloadsByLabel, `${namespace}/${pair}`);
      if (shortest === undefined || posted.length < shortest.length) shortest = posted;
      if (posted.length === 0) break;
    }
    return (shortest ?? []).filter((it) => selects(selector, it.data.labels));
  },
  { of: [workloadsByLabel] },
);

/**
 * Workloads that a selector in a namespace may pick, by the keys of `selectedWorkloads`: those of the namespace; else those whose
 * manifests leave the namespace out; and where the selector's own namespace is unknown, those of any.
 */
export const pickedWorkloads = defineLookup<readonly Definition<Workload>[]>(
  'kubernetes/pickedWorkloads',
  (look, key) => {
    const found = look.get(selectedWorkloads, key);
    const { namespace, name: pairs } = splitKey(key);
    if (found.length > 0 || namespace === ANY_NAMESPACE) return found;
    return look.get(selectedWorkloads, `${namespace === UNKNOWN_NAMESPACE ? ANY_NAMESPACE : UNKNOWN_NAMESPACE}/${pairs}`);
  },
  {
    of: [workloadsByLabel],
    // A selector is any part of a workload's labels; workloads with more labels than this are found by their first ones only.
    keysLeadingTo: ({ key, data }) => {
      const { namespace } = splitKey(key);
      const pairs = Object.entries((data as Workload).labels)
        .slice(0, 8)
        .map(([label, value]) => `${label}=${value}`);
      const selectors: string[] = [];
      for (let chosen = 1; chosen < 1 << pairs.length; chosen++)
        selectors.push(pairs.filter((_, i) => (chosen & (1 << i)) !== 0).join(','));
      return [...new Set([namespace, ANY_NAMESPACE, UNKNOWN_NAMESPACE])].flatMap((place) =>
        selectors.map((selector) => `${place}/${selector}`),
      );
    },
  },
);

/** Services that a name in a namespace may mean, by `namespace/name`: exact ones, else ones that may be there for lack of a namespace. */
export const servicesNamed = defineLookup('kubernetes/servicesNamed', (look, key) => named(look, key, services, servicesByName), {
  of: [services],
  keysLeadingTo: withUnknown,
});

/** Labels under which Services of a namespace are found by their selectors, sorted: one or two, where workloads carry five. */
const labelsOfSelectors = defineLookup<readonly string[]>('kubernetes/labelsOfSelectors', (look, namespace) =>
  [...new Set(look.get(servicesIn, namespace).flatMap((it) => it.data.selectedBy ?? []))].sort(),
);

/** Services that send traffic to a workload, by `namespace/Kind/name`. */
export const servicesOfWorkload = defineLookup<readonly Definition<Service>[]>('kubernetes/servicesOfWorkload', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  if (!workload) return [];
  const { namespace, labels } = workload;
  const found: Definition<Service>[] = [];
  const findIn = (place: string): void => {
    for (const label of look.get(labelsOfSelectors, place)) {
      if (!Object.hasOwn(labels, label)) continue;
      for (const it of look.get(servicesBySelector, `${place}/${label}=${labels[label]}`))
        if (selects(it.data.selector ?? {}, labels)) found.push(it);
    }
  };
  if (namespace !== undefined) findIn(namespace);
  findIn(UNKNOWN_NAMESPACE);
  return found;
});

/** Service accounts that a name in a namespace may mean, by `namespace/name`. */
export const accountsNamed = defineLookup('kubernetes/accountsNamed', (look, key) => named(look, key, serviceAccounts, accountsByName), {
  of: [serviceAccounts],
  keysLeadingTo: withUnknown,
});

/** Secrets that a name in a namespace may mean, by `namespace/name`. */
export const secretsNamed = defineLookup('kubernetes/secretsNamed', (look, key) => named(look, key, secrets, secretsByName), {
  of: [secrets],
  keysLeadingTo: withUnknown,
});

/** The Namespace resource of a name. */
export const namespaceNamed = defineLookup('kubernetes/namespaceNamed', (look, name) => look.get(namespaces, name), { of: [namespaces] });

/** Whether a mesh, by its id, is at work: the setting `mesh` says which one; where it is silent, what the workspace holds. */
export const isMeshInUse = defineLookup<boolean>('kubernetes/isMeshInUse', (look, mesh) => {
  const chosen = look.get(settings)['mesh'];
  return typeof chosen === 'string' ? chosen === mesh : look.get(meshSigns, mesh).length > 0;
});

/** Names of all Namespace resources, sorted. */
export const namespaceNames = defineLookup<readonly string[]>('kubernetes/namespaceNames', (look) =>
  [...new Set(look.get(allNamespaces, '').map((it) => it.data.name))].sort(),
);

/** Namespaces that hold a Service of a name, sorted; unknown ones left out. */
export const namespacesOfService = defineLookup<readonly string[]>('kubernetes/namespacesOfService', (look, name) =>
  [...new Set(look.get(servicesByName, name).flatMap((it) => it.data.namespace ?? []))].sort(),
);

/**
 * What `namespace/name` may mean: the exact one; else one whose manifest leaves the namespace out; and where the asker's own
 * namespace is unknown, any of that name. Unknown against known is never a mismatch.
 */
export function named<D>(look: Lookups, key: string, table: Table<D>, byName: Table<Named>): readonly Definition<D>[] {
  const exact = look.get(table, key);
  if (exact.length > 0) return exact;
  const { namespace, name } = splitKey(key);
  if (namespace !== UNKNOWN_NAMESPACE) return look.get(table, `${UNKNOWN_NAMESPACE}/${name}`);
  const places = new Set(look.get(byName, name).map((it) => namespaceKey(it.data.namespace)));
  return [...places].sort().flatMap((place) => look.get(table, `${place}/${name}`));
}

/** Keys that may lead to what is defined under `namespace/name`: with the namespace, without one, and from anywhere where it is unknown itself. */
export function withUnknown(definition: Definition): readonly string[] {
  const { namespace, name } = splitKey(definition.key);
  return namespace === UNKNOWN_NAMESPACE ? [definition.key] : [definition.key, `${UNKNOWN_NAMESPACE}/${name}`];
}

/** Parts of a `namespace/name` key. */
export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** NetworkPolicies that select a workload, by `namespace/Kind/name`; with those whose namespace nobody tells. */
export const networkPoliciesOf = defineLookup<readonly Definition<NetworkPolicyFacts>[]>('kubernetes/networkPoliciesOf', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  if (workload === undefined || workload.hostNetwork) return [];
  const places = workload.namespace === undefined ? [UNKNOWN_NAMESPACE] : [workload.namespace, UNKNOWN_NAMESPACE];
  const pairs = ['', ...Object.entries(workload.labels).map(([label, value]) => `${label}=${value}`)];
  return places
    .flatMap((place) => pairs.flatMap((pair) => look.get(networkPolicies, `${place}/${pair}`)))
    .filter(({ data }) => data.incomplete || matches(data.selector, workload.labels));
});
