import { defineLookup } from '../../index/tables.js';
import type { Definition } from '../../model/facts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { ANY_NAMESPACE, namespaceNamed } from '../kubernetes/lookups.js';
import { meshSigns, workloads } from '../kubernetes/tables.js';
import { selectsWorkload } from './selectors.js';
import {
  bgpPeerConfigs,
  cidrGroups,
  envoyConfigs,
  listeners,
  policies,
  podPools,
  type EnvoyConfigFacts,
  type PolicyFacts,
} from './tables.js';

/** In keys of policies: those of every namespace, and clusterwide ones. */
export const EVERYWHERE = '~';

export const cidrGroupNamed = defineLookup('cilium/cidrGroupNamed', (look, name) => look.get(cidrGroups, name), { of: [cidrGroups] });
export const bgpPeerConfigNamed = defineLookup('cilium/bgpPeerConfigNamed', (look, name) => look.get(bgpPeerConfigs, name), {
  of: [bgpPeerConfigs],
});
export const podPoolNamed = defineLookup('cilium/podPoolNamed', (look, name) => look.get(podPools, name), { of: [podPools] });

/** Envoy configs that `Kind/namespace/name` may mean. */
export const envoyConfigNamed = defineLookup<readonly Definition<EnvoyConfigFacts>[]>(
  'cilium/envoyConfigNamed',
  (look, key) => firstFound(keysWithUnknown(key).map((it) => look.get(envoyConfigs, it))),
  { of: [envoyConfigs], keysLeadingTo: ({ key }) => keysWithUnknown(key) },
);

/** Listeners that `Kind/namespace/name/listener` may mean. */
export const listenerNamed = defineLookup<readonly Definition<EnvoyConfigFacts>[]>(
  'cilium/listenerNamed',
  (look, key) => firstFound(keysWithUnknown(key).map((it) => look.get(listeners, it))),
  { of: [listeners], keysLeadingTo: ({ key }) => keysWithUnknown(key) },
);

/**
 * Rules of policies that may be about all that a selector picks, by `namespace/a=1,b=2` (`*`: any namespace; labels only): those of the
 * namespace, clusterwide ones, and ones whose namespace nobody tells. Filed by one pair, so whoever asks has few to look at.
 */
export const policiesNear = defineLookup<readonly Definition<PolicyFacts>[]>('cilium/policiesNear', (look, key) => {
  const slash = key.indexOf('/');
  const namespace = key.slice(0, slash);
  const places =
    namespace === UNKNOWN_NAMESPACE
      ? [EVERYWHERE]
      : namespace === ANY_NAMESPACE
        ? [ANY_NAMESPACE]
        : [namespace, UNKNOWN_NAMESPACE, ANY_NAMESPACE];
  const pairs = [
    '',
    ...key
      .slice(slash + 1)
      .split(',')
      .filter((it) => it !== ''),
  ];
  return places.flatMap((place) => pairs.flatMap((pair) => look.get(policies, `${place}/${pair}`)));
});

/** A policy that is about a workload. */
export interface PolicyOfWorkload {
  readonly policy: Definition<PolicyFacts>;
  /** Whether that is certain, or a template or a label that is not at hand decides. */
  readonly isCertain: boolean;
}

/** Rules of policies that select a workload, by `namespace/Kind/name`. */
export const policiesOfWorkload = defineLookup<readonly PolicyOfWorkload[]>('cilium/policiesOfWorkload', (look, key) => {
  const workload = look.get(workloads, key)[0]?.data;
  if (workload === undefined || workload.hostNetwork) return [];
  const pairs = Object.entries(workload.labels).map(([label, value]) => `${label}=${value}`);
  return look.get(policiesNear, `${namespaceKey(workload.namespace)}/${pairs.join(',')}`).flatMap((policy): PolicyOfWorkload[] => {
    const { selector, namespace, isClusterwide } = policy.data;
    const unknownPlace = workload.namespace === undefined || (namespace === undefined && !isClusterwide);
    if (
      selector.namespaces !== undefined &&
      workload.namespace !== undefined &&
      isClusterwide &&
      !selector.namespaces.includes(workload.namespace)
    )
      return [];
    const fits = selectsWorkload(selector, workload, (name) => look.get(namespaceNamed, name));
    return fits === false ? [] : [{ policy, isCertain: fits === true && !unknownPlace && !policy.data.incomplete }];
  });
});

/** Whether anything here is Cilium's. It may be the network beneath another mesh, so that the setting `mesh` says nothing of it. */
export const isCiliumInUse = defineLookup<boolean>('cilium/isCiliumInUse', (look) => look.get(meshSigns, 'cilium').length > 0);

function keysWithUnknown(key: string): readonly string[] {
  const [kind = '', namespace = '', ...rest] = key.split('/');
  return namespace === UNKNOWN_NAMESPACE ? [key] : [key, [kind, UNKNOWN_NAMESPACE, ...rest].join('/')];
}

function firstFound<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return lists.find((it) => it.length > 0) ?? [];
}
