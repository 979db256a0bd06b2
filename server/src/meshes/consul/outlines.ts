import type { Outline, OutlineItem } from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { placeOf } from './fields.js';
import { matchText } from './kinds/traffic.js';
import { sourcesOf } from './kinds/intentions.js';
import { placeText } from './effective/access.js';
import { targetIn, targetText } from './targets.js';

/** What one looks for in resources of Consul. */
export const outlines: readonly Outline[] = [
  {
    kinds: ['ServiceRouter'],
    items: ({ root, name }) =>
      root.list('spec.routes.*').map((route): OutlineItem => {
        const destination = route.map('destination');
        return {
          name: matchText(route.get('match.http')),
          detail: `to ${destination ? targetText(targetIn(destination, name)) : name}`,
          sort: 'route',
          range: route,
        };
      }),
  },
  {
    kinds: ['ServiceSplitter'],
    items: ({ root, name }) =>
      root.list('spec.splits.*').map((split): OutlineItem => ({
        name: `${split.number('weight') ?? 0} %`,
        detail: `to ${targetText(targetIn(split, name))}`,
        sort: 'route',
        range: split,
      })),
  },
  {
    kinds: ['ServiceResolver'],
    items: ({ root, name }) => {
      const redirect = root.map('spec.redirect');
      return [
        ...(root.map('spec.subsets')?.entries ?? []).map(({ key, keyRange, value }): OutlineItem => ({
          name: key,
          detail: value.text('filter') ?? '',
          sort: 'subset',
          range: { start: keyRange.start, end: Math.max(keyRange.end, value.end) },
          selection: keyRange,
        })),
        ...(redirect ? [{ name: 'redirect', detail: targetText(targetIn(redirect, name)), sort: 'field' as const, range: redirect }] : []),
        ...itemsAt(root, 'spec.failover', 'failover'),
      ];
    },
  },
  {
    kinds: ['ServiceIntentions'],
    items: (resource) => {
      const facts = sourcesOf(resource);
      return resource.root.list('spec.sources.*').map((source, i): OutlineItem => ({
        name: placeText(facts[i]!),
        detail: facts[i]!.action,
        sort: 'rule',
        range: source,
        selection: source.get('name') ?? placeOf(source),
      }));
    },
  },
  {
    kinds: ['IngressGateway'],
    items: ({ root }) =>
      root.list('spec.listeners.*').map((listener): OutlineItem => ({
        name: `port ${listener.number('port') ?? ''}`.trimEnd(),
        detail: [listener.text('protocol') ?? '', ...listener.list('services.*.name').flatMap((it) => it.text() ?? [])].join(' '),
        sort: 'server',
        range: listener,
      })),
  },
  {
    kinds: ['TerminatingGateway', 'ExportedServices'],
    items: ({ root }) =>
      root
        .list('spec.services.*')
        .map((service): OutlineItem => ({ name: service.text('name') ?? 'service', sort: 'host', range: service })),
  },
];

function itemsAt(root: YamlNode, path: string, name: string): readonly OutlineItem[] {
  const node = root.map(path);
  return node ? [{ name, detail: node.entries.map((it) => it.key).join(', '), sort: 'field', range: node }] : [];
}
