import { defineLookup, type Lookups } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { selects, type Labels } from '../../model/selectors.js';
import { allNamespaces, namespaces, secrets, serviceAccounts, services, servicesByName, workloadsByLabel, type Workload } from './tables.js';

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
    const selector: Labels = Object.fromEntries(pairs.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
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

/** Services that a name in a namespace may mean, by `namespace/name`: exact ones, else ones that may be there for lack of a namespace. */
export const servicesNamed = defineLookup('kubernetes/servicesNamed', (look, key) => withUnknown(look, key, services), { of: [services] });

/** Service accounts that a name in a namespace may mean, by `namespace/name`. */
export const accountsNamed = defineLookup('kubernetes/accountsNamed', (look, key) => withUnknown(look, key, serviceAccounts), { of: [serviceAccounts] });

/** Secrets that a name in a namespace may mean, by `namespace/name`. */
export const secretsNamed = defineLookup('kubernetes/secretsNamed', (look, key) => withUnknown(look, key, secrets), { of: [secrets] });

/** The Namespace resource of a name. */
export const namespaceNamed = defineLookup('kubernetes/namespaceNamed', (look, name) => look.get(namespaces, name), { of: [namespaces] });

/** Names of all Namespace resources, sorted. */
export const namespaceNames = defineLookup<readonly string[]>('kubernetes/namespaceNames', (look) =>
  [...new Set(look.get(allNamespaces, '').map((it) => it.data.name))].sort(),
);

/** Namespaces that hold a Service of a name, sorted; unknown ones left out. */
export const namespacesOfService = defineLookup<readonly string[]>('kubernetes/namespacesOfService', (look, name) =>
  [...new Set(look.get(servicesByName, name).flatMap((it) => it.data.namespace ?? []))].sort(),
);

function withUnknown<D>(look: Lookups, key: string, table: import('../../index/tables.js').Table<D>): readonly Definition<D>[] {
  const exact = look.get(table, key);
  if (exact.length > 0) return exact;
  const slash = key.indexOf('/');
  return key.slice(0, slash) === UNKNOWN_NAMESPACE ? [] : look.get(table, `${UNKNOWN_NAMESPACE}${key.slice(slash)}`);
}
