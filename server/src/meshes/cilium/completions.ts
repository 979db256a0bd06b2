import { namespaceKey } from '../../model/resource.js';
import type { Candidate, CompletionContext, ValueCompletion } from '../../rules/editor.js';
import { labelCandidates, namespaceCandidates } from '../kubernetes/editor.js';
import { POD_KINDS } from '../kubernetes/pod-templates.js';
import { servicesIn } from '../kubernetes/tables.js';
import { ANNOTATIONS } from './annotations.js';
import { podReads } from './effective.js';
import { isCiliumInUse } from './lookups.js';
import { endpointSelectorIn, podsOf, ACCOUNT_KEY, NAMESPACE_KEY } from './selectors.js';
import { POLICY_KINDS } from './policy.js';
import { allCidrGroups, bgpPeerConfigs, envoyConfigsOfKind, podPools } from './tables.js';

const RULES = ['spec', 'specs.*'];
const ENVOY_KINDS = ['CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig'];

function inRules(...paths: readonly string[]): readonly string[] {
  return RULES.flatMap((rule) => paths.map((path) => `${rule}.${path}`));
}

const LISTS = ['ingress.*', 'ingressDeny.*', 'egress.*', 'egressDeny.*'];
const EGRESS = ['egress.*', 'egressDeny.*'];

/** Values that come from the workspace, by field. */
export const values: readonly ValueCompletion[] = [
  { kinds: POLICY_KINDS, paths: inRules('endpointSelector.matchLabels.*'), complete: (it) => labelsOf(it, false) },
  {
    kinds: POLICY_KINDS,
    paths: inRules(...LISTS.flatMap((it) => [`${it}.fromEndpoints.*.matchLabels.*`, `${it}.toEndpoints.*.matchLabels.*`])),
    complete: (it) => labelsOf(it, true),
  },
  { kinds: POLICY_KINDS, paths: inRules(...LISTS.map((it) => `${it}.toPorts.*.ports.*.port`)), complete: ports },
  { kinds: POLICY_KINDS, paths: inRules(...EGRESS.map((it) => `${it}.toServices.*.k8sService.serviceName`)), complete: servicesBeside },
  {
    kinds: POLICY_KINDS,
    paths: inRules(
      ...EGRESS.flatMap((it) => [`${it}.toServices.*.k8sService.namespace`, `${it}.toServices.*.k8sServiceSelector.namespace`]),
    ),
    complete: namespaceCandidates,
  },
  {
    kinds: POLICY_KINDS,
    paths: inRules(...LISTS.flatMap((it) => [`${it}.fromCIDRSet.*.cidrGroupRef`, `${it}.toCIDRSet.*.cidrGroupRef`])),
    complete: cidrGroupNames,
  },
  { kinds: POLICY_KINDS, paths: inRules('egress.*.toPorts.*.listener.envoyConfig.name'), complete: envoyConfigNames },
  { kinds: POLICY_KINDS, paths: inRules('egress.*.toPorts.*.listener.name'), complete: listenerNames },
  { kinds: ENVOY_KINDS, paths: ['spec.services.*.name', 'spec.backendServices.*.name'], complete: servicesBeside },
  { kinds: ENVOY_KINDS, paths: ['spec.services.*.namespace', 'spec.backendServices.*.namespace'], complete: namespaceCandidates },
  { kinds: ENVOY_KINDS, paths: ['spec.services.*.listener'], complete: ownListeners },
  { kinds: ['CiliumLocalRedirectPolicy'], paths: ['spec.redirectFrontend.serviceMatcher.serviceName'], complete: servicesBeside },
  { kinds: ['CiliumLocalRedirectPolicy'], paths: ['spec.redirectFrontend.serviceMatcher.namespace'], complete: namespaceCandidates },
  {
    kinds: ['CiliumLocalRedirectPolicy'],
    paths: ['spec.redirectBackend.localEndpointSelector.matchLabels.*'],
    complete: (it) => labelCandidates(it, namespaceKey(it.resource.namespace)),
  },
  {
    kinds: ['CiliumEgressGatewayPolicy'],
    paths: ['spec.selectors.*.podSelector.matchLabels.*'],
    complete: (it) => labelCandidates(it, undefined),
  },
  { kinds: ['CiliumBGPClusterConfig'], paths: ['spec.bgpInstances.*.peers.*.peerConfigRef.name'], complete: peerConfigs },
  ...annotated(['Service'], 'metadata', 'Service'),
  ...annotated(['Namespace'], 'metadata', 'Namespace'),
  ...annotated(['Pod'], 'metadata', 'Pod'),
  ...annotated(['Ingress'], 'metadata', 'Ingress'),
  ...annotated(ENVOY_KINDS, 'metadata', 'CiliumEnvoyConfig'),
  ...annotated(['CiliumPodIPPool'], 'metadata', 'CiliumPodIPPool'),
  ...annotated(POD_KINDS, 'spec.template.metadata', 'Pod'),
  ...annotated(POD_KINDS, 'spec.jobTemplate.spec.template.metadata', 'Pod'),
];

/** Labels of pods; for peers, also how to say in which namespace. */
function* labelsOf(context: CompletionContext, isPeer: boolean): Iterable<Candidate> {
  const { resource, path, textAt } = context;
  const holder = path.slice(0, -1);
  const named = [`k8s:${NAMESPACE_KEY}`, NAMESPACE_KEY].map((key) => textAt([...holder, key])).find((it) => it !== '');
  const isClusterwide = resource.kind === 'CiliumClusterwideNetworkPolicy';
  const place = named ?? (isClusterwide ? undefined : namespaceKey(resource.namespace));
  yield* labelCandidates(context, place);
  if (!isPeer && !isClusterwide) return;
  for (const { label } of namespaceCandidates(context))
    yield { label: `k8s:${NAMESPACE_KEY}: ${label}`, detail: 'pods of this namespace', rank: 2, sort: 'label' };
  yield { label: `${ACCOUNT_KEY}: default`, detail: 'pods that run as this account', rank: 3, sort: 'label' };
}

/** Container ports of the pods that the rule is about. */
function* ports(context: CompletionContext): Iterable<Candidate> {
  const { resource, look, path } = context;
  const at = path.indexOf('toPorts');
  const entry = resource.root.get(path.slice(0, at).join('.'));
  const rule = resource.root.get(path.slice(0, path[0] === 'spec' ? 1 : 2).join('.'));
  const isIngress = String(path[at - 2]).startsWith('ingress');
  const selectors = isIngress ? rule?.list('endpointSelector') : entry?.list('toEndpoints.*');
  const isClusterwide = resource.kind === 'CiliumClusterwideNetworkPolicy';
  const pods = (selectors ?? []).flatMap((it) => podsOf(endpointSelectorIn(it), resource.namespace, isClusterwide, podReads(look)) ?? []);
  const seen = new Set<string>();
  for (const { data } of pods) {
    for (const { name, number } of data.containers.flatMap((it) => it.ports)) {
      for (const [label, detail, rank] of [
        [number === undefined ? undefined : String(number), name, 0],
        [name, number === undefined ? undefined : `port ${number}`, 1],
      ] as const) {
        if (label === undefined || seen.has(label)) continue;
        seen.add(label);
        yield { label, detail: [detail, data.name].filter((it) => it !== undefined).join(', '), rank, sort: 'port', quoted: true };
      }
    }
  }
}

function beside({ path, textAt }: CompletionContext, field: string): string {
  return textAt([...path.slice(0, -1), field]);
}

function* servicesBeside(context: CompletionContext): Iterable<Candidate> {
  const place = beside(context, 'namespace') || namespaceKey(context.resource.namespace);
  for (const { data } of context.look.get(servicesIn, place)) yield { label: data.name, detail: 'Service', rank: 0, sort: 'host' };
}

function* cidrGroupNames({ look }: CompletionContext): Iterable<Candidate> {
  for (const { data } of look.get(allCidrGroups, ''))
    yield { label: data.name, detail: data.cidrs.slice(0, 3).join(', '), rank: 0, sort: 'name' };
}

function kindBeside({ path, textAt, resource }: CompletionContext, holder: number): string {
  const written = textAt([...path.slice(0, holder), 'envoyConfig', 'kind']);
  return written || (resource.kind === 'CiliumNetworkPolicy' ? 'CiliumEnvoyConfig' : 'CiliumClusterwideEnvoyConfig');
}

function* envoyConfigNames(context: CompletionContext): Iterable<Candidate> {
  const kind = kindBeside(context, -2);
  for (const { data } of context.look.get(envoyConfigsOfKind, kind)) {
    if (kind === 'CiliumEnvoyConfig' && namespaceKey(data.namespace) !== namespaceKey(context.resource.namespace)) continue;
    yield {
      label: data.name,
      detail: data.listeners.length === 0 ? kind : `listeners ${data.listeners.join(', ')}`,
      rank: 0,
      sort: 'name',
    };
  }
}

function* listenerNames(context: CompletionContext): Iterable<Candidate> {
  const name = context.textAt([...context.path.slice(0, -1), 'envoyConfig', 'name']);
  for (const { data } of context.look.get(envoyConfigsOfKind, kindBeside(context, -1))) {
    for (const label of data.listeners) yield { label, detail: `of ${data.name}`, rank: data.name === name ? 0 : 1, sort: 'name' };
  }
}

function* ownListeners({ resource }: CompletionContext): Iterable<Candidate> {
  for (const item of resource.root.list('spec.resources.*')) {
    const label = item.text('name');
    if (label !== undefined && item.text('@type')?.endsWith('.Listener') === true)
      yield { label, detail: 'in this config', rank: 0, sort: 'name' };
  }
}

function* peerConfigs({ keysOf }: CompletionContext): Iterable<Candidate> {
  for (const label of [...keysOf(bgpPeerConfigs)].sort()) yield { label, detail: 'CiliumBGPPeerConfig', rank: 0, sort: 'name' };
}

/** Annotations of Cilium's for what carries them, where Cilium is at work: keys with their values. */
function annotated(kinds: readonly string[], path: string, carrier: string): readonly ValueCompletion[] {
  return [{ kinds, paths: [`${path}.annotations.*`], complete: (context) => annotationCandidates(context, carrier) }];
}

function* annotationCandidates({ look, keysOf }: CompletionContext, carrier: string): Iterable<Candidate> {
  if (!look.get(isCiliumInUse, '')) return;
  for (const [name, { on, docs, value, isOwn, removedIn }] of Object.entries(ANNOTATIONS)) {
    if (!on.includes(carrier) || isOwn === true || removedIn !== undefined) continue;
    const pools = name.endsWith('-pool') ? [...keysOf(podPools)].sort() : [];
    const choices = Array.isArray(value) ? (value as readonly string[]) : pools;
    for (const choice of choices.length === 0 ? [''] : choices)
      yield { label: `${name}: ${quoted(choice)}`, detail: 'Cilium', rank: 4, sort: 'label', docs };
  }
}

/** Values of annotations are text, also where YAML reads something else. */
function quoted(value: string): string {
  return value === '' || /^(true|false|none|\d+)$/.test(value) ? `"${value}"` : value;
}
