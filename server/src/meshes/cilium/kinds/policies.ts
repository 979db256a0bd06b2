import { defineKind, type Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { ANY_NAMESPACE, namespaceNamed, pickedWorkloads, secretsNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { hostFactsIn, policyFactsIn } from '../facts.js';
import { cidrGroupNamed, envoyConfigNamed, EVERYWHERE, listenerNamed } from '../lookups.js';
import { allEntries, peerSelectors, type PolicyEntry } from '../policy.js';
import { endpointSelectorIn, firstPair, NAMESPACE_KEY, splitSource, type EndpointSelector } from '../selectors.js';
import { hostPolicies, policies, policiesNamed } from '../tables.js';

export const ciliumNetworkPolicy = defineKind({
  group: 'cilium.io',
  kind: 'CiliumNetworkPolicy',
  versions: ['v2'],
  shortNames: ['cnp', 'ciliumnp'],
  system: 'cilium',
  extract,
});

export const ciliumClusterwideNetworkPolicy = defineKind({
  group: 'cilium.io',
  kind: 'CiliumClusterwideNetworkPolicy',
  versions: ['v2'],
  shortNames: ['ccnp'],
  namespaced: false,
  system: 'cilium',
  extract,
});

function extract(resource: Resource, emit: Emit): void {
  const isClusterwide = resource.kind === 'CiliumClusterwideNetworkPolicy';
  emit.define(meshSigns, 'cilium', resource.root.get('metadata.name') ?? resource.root, null);
  for (const { part, facts } of policyFactsIn(resource)) {
    const at = resource.root.get('metadata.name') ?? part.place;
    const pair = firstPair(facts.selector.pods.matchLabels);
    emit.define(policies, `${isClusterwide ? ANY_NAMESPACE : namespaceKey(resource.namespace)}/${pair}`, at, facts);
    emit.define(policies, `${EVERYWHERE}/${pair}`, at, facts);
    emit.define(policiesNamed, `${namespaceKey(resource.namespace)}/${resource.name}`, at, facts);
    referToPods(emit, part.node.get('endpointSelector')!, facts.selector, resource.namespace, isClusterwide);
  }
  for (const { part, facts } of hostFactsIn(resource))
    emit.define(hostPolicies, '', resource.root.get('metadata.name') ?? part.place, facts);
  for (const entry of allEntries(resource)) referFromEntry(resource, emit, entry, isClusterwide);
}

/** Labels alone are what "find references" can follow. */
function referToPods(
  emit: Emit,
  node: YamlNode,
  { pods, namespaces, namesNamespace, isOpaque }: EndpointSelector,
  own: string | undefined,
  isClusterwide: boolean,
): void {
  for (const { key, value } of node.map('matchLabels')?.entries ?? []) {
    const name = value.text();
    if (splitSource(key).name === NAMESPACE_KEY && name !== undefined) emit.refer(namespaceNamed, name, value);
  }
  const pairs = selectorText(pods.matchLabels);
  if (isOpaque || pairs === '' || pods.matchExpressions.length > 0) return;
  const place = namespaces?.[0] ?? (isClusterwide || namesNamespace ? ANY_NAMESPACE : namespaceKey(own));
  emit.refer(pickedWorkloads, `${place}/${pairs}`, node.map('matchLabels') ?? node);
}

function referFromEntry(resource: Resource, emit: Emit, entry: PolicyEntry, isClusterwide: boolean): void {
  const { node } = entry;
  const own = namespaceKey(resource.namespace);
  for (const selector of peerSelectors(entry)) referToPods(emit, selector, endpointSelectorIn(selector), resource.namespace, isClusterwide);
  for (const service of node.list('toServices.*.k8sService')) {
    const at = service.get('serviceName');
    const name = at?.text();
    if (at && name !== undefined) emit.refer(servicesNamed, `${service.text('namespace') ?? own}/${name}`, at);
  }
  for (const at of [...node.list('fromCIDRSet.*.cidrGroupRef'), ...node.list('toCIDRSet.*.cidrGroupRef')]) {
    const name = at.text();
    if (name !== undefined) emit.refer(cidrGroupNamed, name, at);
  }
  for (const listener of node.list('toPorts.*.listener')) {
    const key = envoyConfigKey(listener, resource);
    const [configName, listenerName] = [listener.get('envoyConfig.name'), listener.get('name')];
    if (key === undefined || configName === undefined) continue;
    emit.refer(envoyConfigNamed, key, configName);
    if (listenerName?.text() !== undefined) emit.refer(listenerNamed, `${key}/${listenerName.text()}`, listenerName);
  }
  for (const secret of [
    ...node.list('toPorts.*.terminatingTLS.secret'),
    ...node.list('toPorts.*.originatingTLS.secret'),
    ...node.list('toPorts.*.rules.http.*.headerMatches.*.secret'),
  ]) {
    const at = secret.get('name');
    const name = at?.text();
    if (at && name !== undefined) emit.refer(secretsNamed, `${secret.text('namespace') ?? own}/${name}`, at);
  }
}

/** `Kind/namespace/name` of the Envoy config that a listener is looked for in; undefined where a template fills it in. */
export function envoyConfigKey(listener: YamlNode, resource: Resource): string | undefined {
  const name = listener.text('envoyConfig.name');
  const kindNode = listener.get('envoyConfig.kind');
  const byDefault = resource.kind === 'CiliumNetworkPolicy' ? 'CiliumEnvoyConfig' : 'CiliumClusterwideEnvoyConfig';
  const kind = kindNode === undefined ? byDefault : kindNode.text();
  if (name === undefined || kind === undefined) return undefined;
  return `${kind}/${namespaceKey(kind === 'CiliumEnvoyConfig' ? resource.namespace : undefined)}/${name}`;
}
