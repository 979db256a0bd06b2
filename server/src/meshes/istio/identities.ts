import { ownedNamespaces } from '../../index/settings.js';
import { defineLookup } from '../../index/tables.js';
import { UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { named, namespaceNames, splitKey } from '../kubernetes/lookups.js';
import {
  accountsByName,
  namespaces,
  serviceAccounts,
  serviceAccountsIn,
  servicesIn,
  workloadsByLabel,
  workloadsOfAccount,
} from '../kubernetes/tables.js';
import { isAllowing } from './authorization.js';
import { coversNamespace, parsePrincipal } from './hosts.js';
import { hasDefaultGateway } from './lookups.js';
import { meshConfig, saysTrustDomain } from './mesh-config.js';
import { authorizationPolicies, workloadEntriesOfAccount } from './tables.js';

/** Namespaces that every cluster has. */
const BUILT_IN_NAMESPACES: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Whether anything shows that a namespace exists: its resource, or something that lives in it. */
export const namespaceExists = defineLookup<boolean>(
  'istio/namespaceExists',
  (look, name) =>
    BUILT_IN_NAMESPACES.includes(name) ||
    look.get(namespaces, name).length > 0 ||
    look.get(servicesIn, name).length > 0 ||
    look.get(serviceAccountsIn, name).length > 0 ||
    look.get(workloadsByLabel, `${name}/`).length > 0,
);

/** Whether a service account exists, by `namespace/name`: as a resource, because something runs as it, or because every namespace has it. */
export const accountExists = defineLookup<boolean>('istio/accountExists', (look, key) => {
  const { namespace, name } = splitKey(key);
  if (named(look, key, serviceAccounts, accountsByName).length > 0) return true;
  for (const place of [namespace, UNKNOWN_NAMESPACE]) {
    if (look.get(workloadsOfAccount, `${place}/${name}`).length > 0 || look.get(workloadEntriesOfAccount, `${place}/${name}`).length > 0)
      return true;
  }
  return name === 'default' && look.get(namespaceExists, namespace);
});

/** Whether any namespace has a service account of a name. */
export const someAccountIsCalled = defineLookup<boolean>(
  'istio/someAccountIsCalled',
  (look, name) =>
    name === 'default' ||
    look.get(accountsByName, name).length > 0 ||
    [...look.get(namespaceNames, ''), UNKNOWN_NAMESPACE].some((namespace) => look.get(accountExists, `${namespace}/${name}`)),
);

/** Service accounts that a namespace is known to have, sorted. */
export const accountNames = defineLookup<readonly string[]>('istio/accountNames', (look, namespace) =>
  [
    ...new Set([
      ...look.get(serviceAccountsIn, namespace).map((it) => it.data.name),
      ...look.get(workloadsByLabel, `${namespace}/`).map((it) => it.data.serviceAccount),
    ]),
  ].sort(),
);

/** Namespaces in which a service account of a name is declared, sorted; unknown ones left out. */
export const namespacesOfAccount = defineLookup<readonly string[]>('istio/namespacesOfAccount', (look, name) =>
  [...new Set(look.get(accountsByName, name).flatMap((it) => it.data.namespace ?? []))].sort(),
);

/**
 * Whether this workspace would show an account of a namespace: `external` for the root namespace, where an install brings accounts of
 * its own, `owned` where the workspace holds accounts or workloads of the namespace, else `unseen`.
 */
export const accountsInView = defineLookup<'external' | 'owned' | 'unseen'>('istio/accountsInView', (look, namespace) => {
  if (look.get(ownedNamespaces, '').some((pattern) => coversNamespace(pattern, namespace))) return 'owned';
  if (
    namespace === look.get(meshConfig, '').rootNamespace &&
    (look.get(hasDefaultGateway, '') || look.get(accountNames, namespace).length === 0)
  )
    return 'external';
  return look.get(accountNames, namespace).length > 0 ? 'owned' : 'unseen';
});

/**
 * Trust domains that principals of the mesh may have for policies of a namespace. Where no file names that of the mesh, the one that a policy
 * writes may be it.
 */
export const trustDomainsIn = defineLookup<readonly string[]>('istio/trustDomainsIn', (look, namespace) => {
  const config = look.get(meshConfig, '');
  const { rootNamespace, trustDomain, trustDomainAliases } = config;
  const policies = saysTrustDomain(config) ? [] : [namespace, rootNamespace].flatMap((it) => look.get(authorizationPolicies, it));
  const written = policies
    .filter(isAllowing)
    .flatMap((it) => it.data.callers.flatMap((caller) => caller.principals ?? []))
    .flatMap((it) => parsePrincipal(it)?.trustDomain ?? []);
  return [...new Set([trustDomain, ...trustDomainAliases, 'cluster.local', ...written])];
});
