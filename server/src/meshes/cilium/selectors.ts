import type { Definition } from '../../model/facts.js';
import { namespaceKey } from '../../model/resource.js';
import { selectorText, type Labels } from '../../model/selectors.js';
import type { YamlNode } from '../../yaml/node.js';
import { hasOpaque } from '../kubernetes/fields.js';
import { labelSelectorIn, matches } from '../kubernetes/label-selectors.js';
import { ANY_NAMESPACE } from '../kubernetes/lookups.js';
import type { LabelSelector, NamespaceFacts, Workload } from '../kubernetes/tables.js';

export const NAMESPACE_KEY = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABEL_PREFIX = 'io.cilium.k8s.namespace.labels.';
export const ACCOUNT_KEY = 'io.cilium.k8s.policy.serviceaccount';
const CLUSTER_KEY = 'io.cilium.k8s.policy.cluster';

/** Endpoints that a selector of Cilium picks: labels of pods, and what Cilium adds to those. */
export interface EndpointSelector {
  /** On labels that the pods themselves carry, without the prefixes that tell where a label is from. */
  readonly pods: LabelSelector;
  /** Namespaces that it names; undefined: it names none. */
  readonly namespaces: readonly string[] | undefined;
  /** It says something about the namespace, so that the policy's own is no longer implied. */
  readonly namesNamespace: boolean;
  readonly namespaceLabels: LabelSelector;
  readonly account: string | undefined;
  /** It picks what is no pod of this cluster (`reserved:host`, another cluster), or a template hides some of it: nobody can tell whom. */
  readonly isOpaque: boolean;
}

/** The label key without the prefix that tells its source, and that prefix. */
export function splitSource(key: string): { readonly source: string; readonly name: string } {
  const match = /^(k8s|any|reserved|cidr|cidrgroup|container|unspec|fqdn|node|mesos):(.+)$/.exec(key);
  return match ? { source: match[1]!, name: match[2]! } : { source: '', name: key };
}

export function endpointSelectorIn(node: YamlNode): EndpointSelector {
  const written = labelSelectorIn(node.type === 'map' ? node : undefined);
  const podLabels: Record<string, string> = {};
  const placeLabels: Record<string, string> = {};
  const podExpressions: LabelSelector['matchExpressions'][number][] = [];
  const placeExpressions: LabelSelector['matchExpressions'][number][] = [];
  let namespaces: readonly string[] | undefined;
  let namesNamespace = false;
  let account: string | undefined;
  let isOpaque = node.type !== 'map' || hasOpaque(node);
  for (const { key, operator, values } of [
    ...Object.entries(written.matchLabels).map(([key, value]) => ({ key, operator: '=', values: [value] })),
    ...written.matchExpressions,
  ]) {
    const { source, name } = splitSource(key);
    if (source !== '' && source !== 'k8s' && source !== 'any') isOpaque = true;
    else if (name === NAMESPACE_KEY) {
      namesNamespace = true;
      if (operator === '=' || operator === 'In')
        namespaces = namespaces === undefined ? values : namespaces.filter((it) => values.includes(it));
      else if (operator !== 'Exists') isOpaque = true;
    } else if (name === ACCOUNT_KEY && operator === '=') account = values[0];
    else if (name === CLUSTER_KEY || name === ACCOUNT_KEY) isOpaque = true;
    else if (name.startsWith(NAMESPACE_LABEL_PREFIX)) {
      namesNamespace = true;
      const label = name.slice(NAMESPACE_LABEL_PREFIX.length);
      if (operator === '=') placeLabels[label] = values[0]!;
      else placeExpressions.push({ key: label, operator, values });
    } else if (operator === '=') podLabels[name] = values[0]!;
    else podExpressions.push({ key: name, operator, values });
  }
  return {
    pods: { matchLabels: podLabels, matchExpressions: podExpressions },
    namespaces,
    namesNamespace,
    namespaceLabels: { matchLabels: placeLabels, matchExpressions: placeExpressions },
    account,
    isOpaque,
  };
}

/** Whether it asks for nothing, so that every endpoint is meant. */
export function isEverything({ pods, namesNamespace, account, isOpaque }: EndpointSelector): boolean {
  return !isOpaque && !namesNamespace && account === undefined && isEmpty(pods);
}

/** Whether it asks for labels of pods at all. */
export function asksForLabels({ pods, account }: EndpointSelector): boolean {
  return account !== undefined || !isEmpty(pods);
}

export function isEmpty({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** `app=web, tier in (a, b)`; `every pod` for an empty one. */
export function selectorWords({ pods, namespaces, namespaceLabels, account }: EndpointSelector): string {
  const parts = [
    ...(namespaces === undefined ? [] : [`namespace ${namespaces.join(' or ')}`]),
    ...(isEmpty(namespaceLabels) ? [] : [`namespaces with ${labelWords(namespaceLabels)}`]),
    ...(account === undefined ? [] : [`service account ${account}`]),
    ...(isEmpty(pods) ? [] : [labelWords(pods)]),
  ];
  return parts.length === 0 ? 'every pod' : parts.join(', ');
}

/** `app=web, tier in (a, b)`. */
export function labelWords({ matchLabels, matchExpressions }: LabelSelector): string {
  const OPERATORS: Readonly<Record<string, string>> = { In: 'in', NotIn: 'not in', Exists: 'exists', DoesNotExist: 'does not exist' };
  return [
    ...(Object.keys(matchLabels).length === 0 ? [] : [selectorText(matchLabels).replaceAll(',', ', ')]),
    ...matchExpressions.map(
      ({ key, operator, values }) => `${key} ${OPERATORS[operator] ?? operator}${values.length === 0 ? '' : ` (${values.join(', ')})`}`,
    ),
  ].join(', ');
}

/** Namespaces in which a selector looks for pods; undefined: all of them. */
export function placesOf(selector: EndpointSelector, own: string | undefined, isClusterwide: boolean): readonly string[] | undefined {
  if (selector.namespaces !== undefined) return selector.namespaces;
  return isClusterwide || selector.namesNamespace ? undefined : [namespaceKey(own)];
}

/** What a search for pods looks up. */
export interface PodReads {
  /** By the keys of the lookup of this name. */
  readonly pickedWorkloads: (key: string) => readonly Definition<Workload>[];
  readonly namespaces: (name: string) => readonly Definition<NamespaceFacts>[];
}

/** Workloads at hand that a selector picks; undefined where nobody can tell. */
export function podsOf(
  selector: EndpointSelector,
  own: string | undefined,
  isClusterwide: boolean,
  read: PodReads,
): readonly Definition<Workload>[] | undefined {
  if (selector.isOpaque) return undefined;
  const places = placesOf(selector, own, isClusterwide) ?? [ANY_NAMESPACE];
  const pairs = selectorText(selector.pods.matchLabels);
  const found = places.flatMap((place) => read.pickedWorkloads(`${place}/${pairs}`));
  const picked: Definition<Workload>[] = [];
  for (const workload of found) {
    // Pods of the host's network are no endpoints of Cilium.
    if (workload.data.hostNetwork) continue;
    const fits = selectsWorkload(selector, workload.data, read.namespaces);
    if (fits === undefined) return undefined;
    if (fits) picked.push(workload);
  }
  return picked;
}

/** Whether a selector picks a workload in a namespace that it may look in; undefined where nobody can tell. */
export function selectsWorkload(
  { pods, account, namespaceLabels, isOpaque }: EndpointSelector,
  workload: Workload,
  namespaces: PodReads['namespaces'],
): boolean | undefined {
  if (isOpaque) return undefined;
  if (account !== undefined && workload.serviceAccount !== account) return false;
  if (!matches(pods, workload.labels)) return workload.incomplete ? undefined : false;
  if (isEmpty(namespaceLabels)) return true;
  const place = workload.namespace === undefined ? undefined : namespaces(workload.namespace)[0]?.data;
  if (place === undefined) return undefined;
  if (matches(namespaceLabels, { 'kubernetes.io/metadata.name': place.name, ...place.labels })) return true;
  return place.incomplete ? undefined : false;
}

/** Whether what `narrow` picks is picked by `wide`, too; where only pods could tell, they are taken to be. */
export function coversSelector(wide: EndpointSelector, narrow: EndpointSelector): boolean {
  if (wide.isOpaque) return true;
  if (wide.account !== undefined && wide.account !== narrow.account) return false;
  if (wide.namespaces !== undefined && narrow.namespaces !== undefined && !narrow.namespaces.every((it) => wide.namespaces!.includes(it)))
    return false;
  const labels = narrow.pods.matchLabels;
  return (
    Object.entries(wide.pods.matchLabels).every(([key, value]) => labels[key] === value) &&
    wide.pods.matchExpressions.every((it) => labels[it.key] === undefined || matches({ matchLabels: {}, matchExpressions: [it] }, labels))
  );
}

/** One form for selectors that say the same. */
export function canonical({ pods, namespaces, namespaceLabels, account, namesNamespace, isOpaque }: EndpointSelector): string {
  const form = ({ matchLabels, matchExpressions }: LabelSelector) => [
    selectorText(matchLabels),
    ...matchExpressions.map(({ key, operator, values }) => `${key} ${operator} ${[...values].sort().join(',')}`).sort(),
  ];
  return JSON.stringify([
    form(pods),
    namespaces && [...namespaces].sort(),
    form(namespaceLabels),
    account ?? null,
    namesNamespace,
    isOpaque,
  ]);
}

/** The pair that a selector is filed under: its first one, sorted; empty where it has none. */
export function firstPair(labels: Labels): string {
  const [key] = Object.keys(labels).sort();
  return key === undefined ? '' : `${key}=${labels[key]}`;
}
