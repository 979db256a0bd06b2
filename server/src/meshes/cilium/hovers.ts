import { displayName } from '../../model/resource.js';
import { defineHover, type DefinitionHover, type FieldHover } from '../../rules/editor.js';
import { counted, listed } from '../kubernetes/editor.js';
import { workloads } from '../kubernetes/tables.js';
import { ANNOTATED_KINDS, annotationNamed, annotationSites } from './annotations.js';
import { directionLine, podReads } from './effective.js';
import { isCiliumInUse } from './lookups.js';
import { ENTITIES } from './entities.js';
import { allEntries, DIRECTIONS, partsOf, peerSelectors, POLICY_KINDS } from './policy.js';
import { endpointSelectorIn, podsOf, selectorWords } from './selectors.js';
import { bgpPeerConfigs, cidrGroups, envoyConfigs, listeners, podPools } from './tables.js';

/** How Cilium's definitions are told, and what it adds to those of Kubernetes. */
export const definitions: readonly DefinitionHover<never>[] = [
  defineHover(workloads, ({ data }, { look, escape }) => ({
    title: `${data.kind} ${escape(data.name)}`,
    lines:
      look.get(isCiliumInUse, '') && !data.hostNetwork
        ? DIRECTIONS.map((it) => directionLine(data, it, look))
            .filter((it) => it.sites.length > 0)
            .map((it) => `${it.topic === 'ingress' ? 'Ingress' : 'Egress'}: ${escape(it.text)}`)
        : [],
  })),
  defineHover(cidrGroups, ({ data }, { escape, referrers }) => ({
    title: `CiliumCIDRGroup ${escape(data.name)}`,
    lines: [
      data.cidrs.length === 0 ? 'No ranges' : escape(listed(data.cidrs)),
      `Named by ${counted(
        POLICY_KINDS.reduce((sum, kind) => sum + referrers(kind), 0),
        'policy',
        'policies',
      )}`,
    ],
  })),
  defineHover(envoyConfigs, ({ data }, { escape }) => ({
    title: `${data.kind} ${escape(data.name)}`,
    ...(data.namespace === undefined ? {} : { context: escape(data.namespace) }),
    lines: [data.listeners.length === 0 ? 'No listener' : `Listeners ${data.listeners.map(escape).join(', ')}`],
  })),
  defineHover(listeners, ({ data, key }, { escape }) => ({
    title: `Listener ${escape(key.slice(key.lastIndexOf('/') + 1))}`,
    context: `of ${escape(displayName(data))}`,
    lines: [],
  })),
  defineHover(bgpPeerConfigs, ({ data }, { escape, referrers }) => ({
    title: `CiliumBGPPeerConfig ${escape(data.name)}`,
    lines: [`Named by ${counted(referrers('CiliumBGPClusterConfig'), 'CiliumBGPClusterConfig')}`],
  })),
  defineHover(podPools, ({ data }, { escape }) => ({ title: `CiliumPodIPPool ${escape(data.name)}`, lines: [] })),
];

const LISTS = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];
const RULES = ['spec', 'specs.*'];

export const fields: readonly FieldHover[] = [
  {
    kinds: POLICY_KINDS,
    paths: RULES.flatMap((rule) => [
      `${rule}.endpointSelector.matchLabels.*`,
      ...LISTS.flatMap((it) => [`${rule}.${it}.*.fromEndpoints.*.matchLabels.*`, `${rule}.${it}.*.toEndpoints.*.matchLabels.*`]),
    ]),
    describe(resource, node, { look, escape }) {
      const nodes = [
        ...partsOf(resource).flatMap((it) => it.node.list('endpointSelector')),
        ...allEntries(resource).flatMap(peerSelectors),
      ];
      const holder = nodes.find((it) => it.start <= node.start && node.end <= it.end);
      if (!holder) return [];
      const selector = endpointSelectorIn(holder);
      const pods = podsOf(selector, resource.namespace, resource.kind === 'CiliumClusterwideNetworkPolicy', podReads(look));
      if (pods === undefined) return [];
      const names = pods.map((it) => displayName(it.data));
      return [`${escape(selectorWords(selector))}: ${names.length === 0 ? 'no workload at hand' : escape(listed(names))}`];
    },
  },
  {
    kinds: POLICY_KINDS,
    paths: RULES.flatMap((rule) => LISTS.flatMap((it) => [`${rule}.${it}.*.fromEntities.*`, `${rule}.${it}.*.toEntities.*`])),
    describe: (_, node) => {
      const meaning = ENTITIES[node.text() ?? ''];
      return meaning === undefined ? [] : [`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`];
    },
  },
  {
    kinds: ANNOTATED_KINDS,
    paths: ['metadata.annotations.*', 'spec.template.metadata.annotations.*', 'spec.jobTemplate.spec.template.metadata.annotations.*'],
    describe(resource, node) {
      const site = annotationSites(resource).find((it) => it.value.start === node.start);
      const facts = site && annotationNamed(site.name);
      if (!facts) return [];
      return [
        facts.docs,
        ...(Array.isArray(facts.value) ? [`One of ${(facts.value as readonly string[]).map((it) => `\`${it}\``).join(', ')}`] : []),
      ];
    },
  },
];
