import type { Outline, OutlineItem } from '../../rules/editor.js';
import type { YamlNode } from '../../yaml/node.js';
import { matchesText } from './match-text.js';

/** What one looks for in Istio's resources: hosts, routes with where they lead, subsets, servers, rules. */
export const outlines: readonly Outline[] = [
  {
    kinds: ['VirtualService'],
    items: ({ root }) => [
      ...hostsItem(root),
      ...['http', 'tls', 'tcp'].flatMap((field) => root.list(`spec.${field}.*`).map((route) => routeItem(field, route))),
    ],
  },
  {
    kinds: ['DestinationRule'],
    items: ({ root }) => [
      ...fieldItem(root, 'spec.trafficPolicy', 'trafficPolicy'),
      ...root.list('spec.subsets.*').map((subset): OutlineItem => ({
        name: subset.text('name') ?? 'subset',
        detail: labelText(subset.get('labels')),
        sort: 'subset',
        range: subset,
        selection: subset.get('name') ?? subset,
      })),
    ],
  },
  {
    kinds: ['Gateway'],
    items: ({ root }) =>
      root.list('spec.servers.*').map((server) => ({
        name: [server.number('port.number'), server.text('port.protocol')].filter((it) => it !== undefined).join(' ') || 'server',
        detail: texts(server, 'hosts').join(', '),
        sort: 'server',
        range: server,
        selection: server.get('port.number') ?? server,
      })),
  },
  {
    kinds: ['ServiceEntry'],
    items: ({ root }) => [
      ...hostsItem(root),
      ...root.list('spec.ports.*').map((port): OutlineItem => ({
        name: `port ${port.number('number') ?? ''}`.trimEnd(),
        detail: port.text('protocol') ?? '',
        sort: 'port',
        range: port,
        selection: port.get('number') ?? port,
      })),
    ],
  },
  {
    kinds: ['AuthorizationPolicy'],
    items: ({ root }) => [
      ...fieldItem(root, 'spec.action', 'action'),
      ...root
        .list('spec.rules.*')
        .map((rule, i): OutlineItem => ({ name: `rule ${i + 1}`, detail: ruleText(rule), sort: 'rule', range: rule })),
    ],
  },
];

function hostsItem(root: YamlNode): readonly OutlineItem[] {
  const node = root.get('spec.hosts');
  return node ? [{ name: 'hosts', detail: texts(root, 'spec.hosts').join(', '), sort: 'list', range: node }] : [];
}

function fieldItem(root: YamlNode, path: string, name: string): readonly OutlineItem[] {
  const node = root.get(path);
  return node ? [{ name, detail: node.text() ?? '', sort: 'field', range: node }] : [];
}

/** `http "canary"`, with `/cart to checkout v2 90 %, v3 10 %` beside. */
function routeItem(field: string, route: YamlNode): OutlineItem {
  const name = route.text('name');
  return {
    name: name === undefined ? field : `${field} "${name}"`,
    detail: [matchesText(route), leadsTo(route)].filter((it) => it !== '').join(' '),
    sort: 'route',
    range: route,
    selection: route.get('name') ?? route,
  };
}

function leadsTo(route: YamlNode): string {
  const redirect = route.text('redirect.uri') ?? route.text('redirect.authority');
  if (redirect !== undefined) return `redirects to ${redirect}`;
  const delegate = route.text('delegate.name');
  if (delegate !== undefined) return `delegates to ${delegate}`;
  if (route.has('directResponse')) return `answers ${route.number('directResponse.status') ?? ''}`.trimEnd();
  const destinations = route.list('route.*');
  let last: string | undefined;
  const told = destinations.map((it) => {
    const host = it.text('destination.host') ?? '…';
    const weight = it.number('weight');
    const parts = [
      host === last ? '' : host,
      it.text('destination.subset') ?? '',
      weight === undefined || destinations.length === 1 ? '' : `${weight} %`,
    ];
    last = host;
    return parts.filter((part) => part !== '').join(' ');
  });
  return told.length === 0 ? '' : `to ${told.join(', ')}`;
}

function ruleText(rule: YamlNode): string {
  const from = rule
    .list('from.*.source')
    .flatMap((source) => [...texts(source, 'principals').map(shortened), ...texts(source, 'namespaces')]);
  const to = rule
    .list('to.*.operation')
    .map((it) => [texts(it, 'methods').join(', '), texts(it, 'paths').join(', ')].filter((part) => part !== '').join(' '));
  return [from.length === 0 ? '' : `from ${from.join(', ')}`, to.filter((it) => it !== '').join('; ')]
    .filter((it) => it !== '')
    .join(' · ');
}

function shortened(principal: string): string {
  const match = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(principal);
  return match ? `${match[1]}/${match[2]}` : principal;
}

function texts(node: YamlNode, path: string): readonly string[] {
  return node.list(`${path}.*`).flatMap((it) => it.text() ?? []);
}

function labelText(node: YamlNode | undefined): string {
  return node?.type === 'map' ? [...node.texts()].map(([key, value]) => `${key}=${value}`).join(', ') : '';
}
