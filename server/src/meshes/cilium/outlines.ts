import type { Outline, OutlineItem } from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { policyFactsIn } from './facts.js';
import { DIRECTIONS, entriesOf, POLICY_KINDS, partsOf } from './policy.js';
import { endpointSelectorIn, selectorWords } from './selectors.js';
import { entryWords } from './words.js';

export const outlines: readonly Outline[] = [
  {
    kinds: POLICY_KINDS,
    items(resource) {
      const facts = policyFactsIn(resource);
      return partsOf(resource).map((part): OutlineItem => {
        const selector = part.node.get('endpointSelector');
        const stated = facts.find((it) => it.part.path === part.path)?.facts;
        const words = new Map(
          DIRECTIONS.flatMap((direction) =>
            stated === undefined
              ? []
              : [...stated[direction].allow, ...stated[direction].deny].map((it) => [it.range.start, entryWords(it, direction)] as const),
          ),
        );
        return {
          name: part.path,
          detail: selector === undefined ? 'nodes' : selectorWords(endpointSelectorIn(selector)),
          sort: 'rule',
          range: part.node,
          children: entriesOf(part).map((entry) => ({
            name: `${entry.direction}${entry.isDeny ? 'Deny' : ''}[${entry.index}]`,
            detail: words.get(entry.node.start) ?? '',
            sort: 'rule' as const,
            range: entry.node,
          })),
        };
      });
    },
  },
  {
    kinds: ['CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig'],
    items: ({ root }) => [
      ...root.list('spec.services.*').map((it): OutlineItem => named(it, 'service', 'host')),
      ...root.list('spec.resources.*').map((it): OutlineItem => ({
        ...named(it, 'resource', 'server'),
        detail: (it.text('@type') ?? '').replace(/^.*\./, ''),
      })),
    ],
  },
  {
    kinds: ['CiliumCIDRGroup'],
    items: ({ root }) => root.list('spec.externalCIDRs.*').map((it) => ({ name: it.text() ?? 'range', sort: 'field', range: it })),
  },
  {
    kinds: ['CiliumLoadBalancerIPPool'],
    items: ({ root }) =>
      root
        .list('spec.blocks.*')
        .map((it) => ({ name: it.text('cidr') ?? it.text('start') ?? 'block', detail: it.text('stop') ?? '', sort: 'field', range: it })),
  },
  {
    kinds: ['CiliumBGPClusterConfig'],
    items: ({ root }) =>
      root.list('spec.bgpInstances.*').map((it) => ({
        ...named(it, 'instance', 'server'),
        children: it.list('peers.*').map((peer) => named(peer, 'peer', 'host')),
      })),
  },
];

function named(node: YamlNode, otherwise: string, sort: OutlineItem['sort']): OutlineItem {
  return { name: node.text('name') ?? otherwise, sort, range: node, selection: node.get('name') ?? node };
}
